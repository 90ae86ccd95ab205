/**
 * HTTP exchanges: the vocabulary of the data plane.
 *
 * <p>Two kinds of users. A <em>service</em>, an <em>action</em> or an <em>exchange listener</em> implements one small
 * interface and is handed {@link proxy.api.http.HttpExchange exchanges}; the gateway implements those. An exchange lives
 * on one event loop: every call from and to it happens on that thread, nothing may block there, and octets are passed on
 * as they came. Names follow RFC 9110 (field, content, trailer section, target).
 */
@Export
@Version("1.0.0")
package proxy.api.http;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
