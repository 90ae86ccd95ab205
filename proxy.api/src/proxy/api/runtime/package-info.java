/** What is in force, and what is configured but is not, and why: one source for console, log, metrics and health. */
@Export
@Version("1.0.0")
package proxy.api.runtime;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
