/**
 * The expression language's contracts: what routes and rules are written in, and what they may ask about a request.
 * The language itself is one replaceable service.
 */
@Export
@Version("1.2.0")
package proxy.api.rule;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
