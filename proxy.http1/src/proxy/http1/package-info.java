/**
 * The HTTP/1.1 wire format (RFC 9112), strict: heads and chunked content, for both directions. A library, not a bundle:
 * the bundles that speak HTTP/1.1 carry a copy of this package.
 *
 * <p>There is one parser, and it refuses whatever two recipients could read differently: bare LF or CR, white space
 * before a colon, folded lines, two lengths, unknown transfer codings.
 */
package proxy.http1;
