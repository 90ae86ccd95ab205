/** Listeners: bound addresses that accept connections. */
@Export
@Version("1.0.0")
package proxy.api.listener;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
