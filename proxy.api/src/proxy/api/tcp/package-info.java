/**
 * Connections of TCP listeners: byte streams of whatever protocol, and the services that they are routed to. Routes are
 * asked once, when a connection begins; rules, which speak of requests, are not.
 */
@Export
@Version("1.1.0")
package proxy.api.tcp;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
