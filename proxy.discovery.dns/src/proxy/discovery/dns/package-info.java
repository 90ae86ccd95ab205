/**
 * The addresses of upstreams' names, from DNS.
 *
 * <p>{@code DnsResolver} is the service. The gateway asks it for a name whenever the answer before is not valid any more
 * and keeps what it found; nothing is kept here. {@code Lookup} decides where a name is looked for: {@code localhost},
 * the {@code HostsFile}, then DNS, with the search domains of {@code ResolvConf}. {@code NameServers} asks one server
 * after the other and takes the first answer; {@code Answer} reads it. Messages are dnsjava's, sent ({@code Client}) and received on its
 * one thread, so that any number of names is looked up at the same time.
 */
package proxy.discovery.dns;
