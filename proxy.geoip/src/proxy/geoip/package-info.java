/**
 * Countries and autonomous systems of clients.
 *
 * <p>{@code Geoip} is the component. On a thread of its own it looks at each {@code DatabaseFile} twice a second, and
 * publishes a new {@code Knowledge} when one of them has been read anew; there is no moment without one. It is a
 * {@link proxy.api.rule.FactProvider} as long as it knows anything: while it is none, upstreams are not told of countries.
 *
 * <p>{@code Database} is one file in memory, read by MaxMind's library; {@code Content} is a network's record in any layout.
 * A file that is wrong is a problem, and what was read before stays.
 */
package proxy.geoip;
