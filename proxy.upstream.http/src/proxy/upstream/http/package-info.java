/**
 * The service {@code http_proxy}. A request goes through {@code HttpProxyService} (which upstream), {@code Forwarding} (one
 * exchange, with its retries) and {@code UpstreamConnection} (HTTP/1.1 on one connection), all on the client's event loop;
 * an upstream's idle connections wait in stacks, one for each loop.
 */
package proxy.upstream.http;
