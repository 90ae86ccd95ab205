/**
 * HTTP/1.1 towards clients (RFC 9112), lean: a connection that waits for a request holds nothing but its deadline; an
 * exchange with its buffers is taken from the loop's stock with a request's first octet and given back with the
 * response's last.
 */
package proxy.core.http1;
