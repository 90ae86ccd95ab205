package proxy.api.rule;

import java.net.InetAddress;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an expression may ask about a request. Strings are never null: what is absent is "". Computed when asked for, on
 * the request's loop, and cached for the request's life. Octets above 0x7F appear as the character of the same number.
 */
@ProviderType
public interface RequestFacts {

	/** The host the request is for, lower case, <em>without port</em>; "" when there is none. */
	String host();

	/** The request target as sent. */
	String url();

	/** The path without query and without trailing slashes ("/" is ""), not percent-decoded. */
	String path();

	/** The query as sent, without the question mark. */
	String query();

	String method();

	/** The User-Agent, trimmed; "" when absent, longer than 256 octets or not visible ASCII. */
	String userAgent();

	/** {@code http} or {@code https}. */
	String scheme();

	/** {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2}. */
	String protocol();

	/** All values of the field joined with ", " (RFC 9110 section 5.3); "" when absent. Any case of name. */
	String header(String name);

	/** Whether the field is there at all. */
	boolean hasHeader(String name);

	/** The field names present, lower case, each once, in order of appearance. */
	List<String> headerNames();

	/** The first query parameter of that name, percent-decoded; "" when absent. */
	String queryParameter(String name);

	boolean hasQueryParameter(String name);

	/** The cookie's value from any Cookie field; "" when absent. */
	String cookie(String name);

	boolean hasCookie(String name);

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
