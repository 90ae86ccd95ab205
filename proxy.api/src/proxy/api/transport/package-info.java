/**
 * Byte streams on an event loop: the ground on which protocols stand.
 *
 * <p>An {@link proxy.api.transport.EventLoop} is one thread that owns the connections registered with it. A
 * {@link proxy.api.transport.Transport} is one such connection, plain or TLS, and calls its
 * {@link proxy.api.transport.TransportHandler} on that thread only. Nothing here blocks and nothing here locks.
 * Whoever is on a loop (a service that got an exchange, an action) opens further connections on the same loop, so that
 * both ends of an exchange share one thread.
 */
@Export
@Version("1.0.0")
package proxy.api.transport;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
