package proxy.core.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import proxy.api.http.Field;
import proxy.api.http.FieldSection;
import proxy.api.http.RequestHead;
import proxy.api.transport.TlsSession;

/** An exchange's request as expressions see it, computed when asked for. */
final class Facts extends ConnectionFacts {

	private static final int MAX_USER_AGENT = 256;

	private final Exchange exchange;
	private String host;
	private String url;
	private String path;
	private String userAgent;
	private InetAddress clientAddress;

	Facts(Exchange exchange) {
		this.exchange = exchange;
	}

	void reset() {
		host = null;
		url = null;
		path = null;
		userAgent = null;
		clientAddress = null;
		forgetClient();
	}

	private RequestHead request() {
		return exchange.request();
	}

	@Override
	public String host() {
		if (host == null) {
			String name = withoutPort(request().authority()).toLowerCase(Locale.ROOT);
			// the dot of an absolute name (RFC 1034 section 3.1), which many servers take off, too
			host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
		}
		return host;
	}

	private static String withoutPort(String authority) {
		int colon = authority.lastIndexOf(':');
		return colon < 0 || authority.indexOf(']', colon) >= 0 ? authority : authority.substring(0, colon);
	}

	@Override
	public String url() {
		if (url == null) {
			url = request().target();
		}
		return url;
	}

	@Override
	public String path() {
		if (path == null) {
			String whole = request().path();
			int end = whole.length();
			while (end > 0 && whole.charAt(end - 1) == '/') {
				end--;
			}
			path = whole.substring(0, end);
		}
		return path;
	}

	@Override
	public String query() {
		return request().query();
	}

	@Override
	public String method() {
		return request().method();
	}

	@Override
	public String userAgent() {
		if (userAgent == null) {
			FieldSection fields = request().fields();
			int i = fields.find(Field.USER_AGENT);
			String value = i < 0 ? "" : fields.value(i);
			userAgent = value.length() > MAX_USER_AGENT || !isVisible(value) ? "" : value;
		}
		return userAgent;
	}

	private static boolean isVisible(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < 0x20 || c >= 0x7F) {
				return false;
			}
		}
		return true;
	}

	@Override
	public String protocol() {
		return request().version().toString();
	}

	@Override
	public String header(String name) {
		FieldSection fields = request().fields();
		String lowerCase = name.toLowerCase(Locale.ROOT);
		int first = fields.find(lowerCase, 0);
		if (first < 0) {
			return "";
		}
		int next = fields.find(lowerCase, first + 1);
		if (next < 0) {
			return fields.value(first);
		}
		StringBuilder all = new StringBuilder(fields.value(first));
		for (; next >= 0; next = fields.find(lowerCase, next + 1)) {
			all.append(", ").append(fields.value(next));
		}
		return all.toString();
	}

	@Override
	public boolean hasHeader(String name) {
		return request().fields().find(name.toLowerCase(Locale.ROOT), 0) >= 0;
	}

	@Override
	public List<String> headerNames() {
		FieldSection fields = request().fields();
		List<String> names = new ArrayList<>(fields.size());
		for (int i = 0; i < fields.size(); i++) {
			String name = fields.name(i).toLowerCase(Locale.ROOT);
			if (!names.contains(name)) {
				names.add(name);
			}
		}
		return names;
	}

	@Override
	public String queryParameter(String name) {
		String value = rawParameter(name);
		return value == null ? "" : UrlEncoded.decode(value);
	}

	@Override
	public boolean hasQueryParameter(String name) {
		return rawParameter(name) != null;
	}

	private String rawParameter(String name) {
		for (String parameter : query().split("&")) {
			int equals = parameter.indexOf('=');
			String key = equals < 0 ? parameter : parameter.substring(0, equals);
			if (UrlEncoded.decode(key).equals(name) && !parameter.isEmpty()) {
				return equals < 0 ? "" : parameter.substring(equals + 1);
			}
		}
		return null;
	}

	@Override
	public String cookie(String name) {
		String value = rawCookie(name);
		return value == null ? "" : value;
	}

	@Override
	public boolean hasCookie(String name) {
		return rawCookie(name) != null;
	}

	private String rawCookie(String name) {
		FieldSection fields = request().fields();
		for (int i = 0; i < fields.size(); i++) {
			if (fields.field(i) != Field.COOKIE) {
				continue;
			}
			for (String pair : fields.value(i).split(";")) {
				int equals = pair.indexOf('=');
				if (equals > 0 && pair.substring(0, equals).trim().equals(name)) {
					return pair.substring(equals + 1).trim();
				}
			}
		}
		return null;
	}

	@Override
	public InetAddress clientAddress() {
		if (clientAddress == null) {
			clientAddress = ForwardedFor.client(exchange);
		}
		return clientAddress;
	}

	@Override
	public int clientPort() {
		return exchange.peer().getPort();
	}

	@Override
	protected Endpoint endpoint() {
		return exchange.endpoint();
	}

	@Override
	protected TlsSession tls() {
		return exchange.tls();
	}
}
