package proxy.rules;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import proxy.api.rule.RequestFacts;

/** A request as a test wants it. */
public final class Request implements RequestFacts {

	private final Map<String, String> headers = new LinkedHashMap<>();
	private final Map<String, String> query = new LinkedHashMap<>();
	private final Map<String, String> cookies = new LinkedHashMap<>();
	private String method = "GET";
	private String host = "api.example.com";
	private String path = "/v1/users";
	private InetAddress address = address("10.1.2.3");

	/** GET https://api.example.com/v1/users?q=caf%C3%A9&page=2&empty= from 10.1.2.3, with a few fields and a cookie. */
	public static Request typical() {
		return new Request()
				.header("User-Agent", "Mozilla/5.0 (X11; Linux) Firefox/130.0")
				.header("Accept", "text/html, */*")
				.header("X-Api-Key", "k-123")
				.header("X-Empty", "")
				.query("q", "café")
				.query("page", "2")
				.query("empty", "")
				.cookie("session", "abc");
	}

	public Request header(String name, String value) {
		headers.put(name.toLowerCase(Locale.ROOT), value);
		return this;
	}

	public Request query(String name, String value) {
		query.put(name, value);
		return this;
	}

	public Request cookie(String name, String value) {
		cookies.put(name, value);
		return this;
	}

	public Request method(String newMethod) {
		method = newMethod;
		return this;
	}

	public Request host(String newHost) {
		host = newHost;
		return this;
	}

	public Request path(String newPath) {
		path = newPath;
		return this;
	}

	public Request from(String newAddress) {
		address = address(newAddress);
		return this;
	}

	private static InetAddress address(String literal) {
		try {
			return InetAddress.getByName(literal);
		} catch (UnknownHostException e) {
			throw new IllegalArgumentException(e);
		}
	}

	@Override
	public String host() {
		return host;
	}

	@Override
	public String url() {
		return path + "?" + query();
	}

	@Override
	public String path() {
		return path;
	}

	@Override
	public String query() {
		return "q=caf%C3%A9&page=2&empty=";
	}

	@Override
	public String method() {
		return method;
	}

	@Override
	public String userAgent() {
		return header("user-agent");
	}

	@Override
	public String scheme() {
		return "https";
	}

	@Override
	public String protocol() {
		return "HTTP/2";
	}

	@Override
	public String header(String name) {
		return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
	}

	@Override
	public boolean hasHeader(String name) {
		return headers.containsKey(name.toLowerCase(Locale.ROOT));
	}

	@Override
	public List<String> headerNames() {
		return new ArrayList<>(headers.keySet());
	}

	@Override
	public String queryParameter(String name) {
		return query.getOrDefault(name, "");
	}

	@Override
	public boolean hasQueryParameter(String name) {
		return query.containsKey(name);
	}

	@Override
	public String cookie(String name) {
		return cookies.getOrDefault(name, "");
	}

	@Override
	public boolean hasCookie(String name) {
		return cookies.containsKey(name);
	}

	@Override
	public InetAddress clientAddress() {
		return address;
	}

	@Override
	public int clientPort() {
		return 51_234;
	}

	@Override
	public long clientAsn() {
		return 64_500;
	}

	@Override
	public String clientCountry() {
		return "CH";
	}

	@Override
	public String listener() {
		return "public";
	}

	@Override
	public String tlsVersion() {
		return "TLSv1.3";
	}

	@Override
	public String tlsServerName() {
		return "api.example.com";
	}
}
