/**
 * The gateway as OSGi components: what is configured and registered comes in here, on one control thread, and becomes
 * listeners and routing tables. Nothing of this package is on the way of a request.
 */
package proxy.core.gateway;
