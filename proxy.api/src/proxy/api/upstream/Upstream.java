package proxy.api.upstream;

import java.net.InetSocketAddress;

/**
 * One server that a service may forward to, resolved.
 *
 * @param name host and port as configured or discovered, for people and logs
 * @param address the resolved address
 */
public record Upstream(String name, InetSocketAddress address) {}
