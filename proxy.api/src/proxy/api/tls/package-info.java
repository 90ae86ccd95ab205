/**
 * Certificates for the gateway's TLS listeners: where they come from, and how a certificate authority's challenges are
 * answered. Implemented by bundles, asked by the gateway.
 */
@Export
@Version("1.0.0")
package proxy.api.tls;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
