package proxy.api.rule;

import java.net.InetAddress;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an expression may ask about a request. Strings are never null: what is absent is "". Computed when asked for, on
 * the request's loop, and cached for the request's life. Octets above 0x7F appear as the character of the same number.
 *
 * <p>Connections that are not of HTTP are asked by the same names. What only requests have is absent there, which is what
 * this answers by default.
 */
@ProviderType
public interface RequestFacts {

	/** The host the request is for, lower case, <em>without port</em>; "" when there is none. */
	default String host() {
		return "";
	}

	/** The request target as sent. */
	default String url() {
		return "";
	}

	/** The path without query and without trailing slashes ("/" is ""), not percent-decoded. */
	default String path() {
		return "";
	}

	/** The query as sent, without the question mark. */
	default String query() {
		return "";
	}

	default String method() {
		return "";
	}

	/** The User-Agent, trimmed; "" when absent, longer than 256 octets or not visible ASCII. */
	default String userAgent() {
		return "";
	}

	/** {@code http} or {@code https}; {@code tcp} or {@code tcp+tls} of a connection that is not of HTTP. */
	String scheme();

	/** {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2}. */
	default String protocol() {
		return "";
	}

	/** All values of the field joined with ", " (RFC 9110 section 5.3); "" when absent. Any case of name. */
	default String header(String name) {
		return "";
	}

	/** Whether the field is there at all. */
	default boolean hasHeader(String name) {
		return false;
	}

	/** The field names present, lower case, each once, in order of appearance. */
	default List<String> headerNames() {
		return List.of();
	}

	/** The first query parameter of that name, percent-decoded; "" when absent. */
	default String queryParameter(String name) {
		return "";
	}

	default boolean hasQueryParameter(String name) {
		return false;
	}

	/** The cookie's value from any Cookie field; "" when absent. */
	default String cookie(String name) {
		return "";
	}

	default boolean hasCookie(String name) {
		return false;
	}

	/** The client's address: the TCP peer's, or what a trusted proxy said. IPv4-mapped addresses are given as IPv4. */
	InetAddress clientAddress();

	int clientPort();

	/** The client's autonomous system number; 0 when unknown. */
	long clientAsn();

	/** The client's country, ISO 3166-1 alpha-2; "XX" when unknown. */
	String clientCountry();

	/** Whether there is a {@link FactProvider} to ask; without one, country and autonomous system are unknown for every client. */
	default boolean hasClientFacts() {
		return false;
	}

	/** The name of the listener that took the request. */
	String listener();

	/** {@code TLSv1.3}, {@code TLSv1.2} or "" on a plain connection. */
	String tlsVersion();

	/** The server name from SNI; "" when there is none. */
	String tlsServerName();
}
