/**
 * TLS for the gateway's listeners: which engine speaks it, and which certificate it shows. The ClientHello is read first,
 * so the certificate is chosen before an engine exists, and one context for each certificate is all the set-up there is.
 */
package proxy.core.tls;
