/**
 * The service {@code tcp_proxy}. {@link proxy.upstream.tcp.TcpProxyService} has the settings, {@code Upstreams} knows which
 * upstreams there are, and a {@code Joining} finds one of them that can be connected to; from then on the gateway's tunnel
 * does the rest.
 */
package proxy.upstream.tcp;
