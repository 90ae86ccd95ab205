/** Upstreams: the servers that services forward to, how they are found while running, and how one is chosen. */
@Export
@Version("1.2.0")
package proxy.api.upstream;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
