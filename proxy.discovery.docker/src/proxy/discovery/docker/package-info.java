/**
 * Upstreams from the labels of containers.
 *
 * <p>{@code DockerDiscovery} is the service. One thread runs {@code ContainerWatch}: it opens the engine's event stream
 * first and looks at all labelled containers then, so that nothing happens between the two unseen; it looks again after
 * every event that matters and every half minute. Whatever fails, the last findings stand, and it connects again, with
 * growing pauses, for ever. {@code Placement} judges a {@code Container} as the {@code Vantage} sees it: where the
 * gateway stands decides by which address it gets there. {@code Reports} hands changed findings to the gateway, on a
 * thread of its own.
 *
 * <p>{@code Engine} speaks HTTP/1.1 over the engine's socket, one connection a request. {@code EngineConnection} has a
 * time limit on everything, since the socket's other side may hang.
 */
package proxy.discovery.docker;
