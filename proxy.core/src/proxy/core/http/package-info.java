/**
 * What becomes of a request, whatever HTTP version it came in: read {@code Dispatcher} for the path of a request, and
 * {@code RoutingTable} for what decides it.
 */
package proxy.core.http;
