package proxy.console;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import proxy.api.rule.ExpressionException;
import proxy.api.rule.ExpressionLanguage;

/** Checks the values whose text has a meaning of its own: expressions and addresses. */
final class Meaning {

	private static final Set<String> LISTENER_SCHEMES = Set.of("http", "https", "tcp", "tcp+tls");
	private static final Set<String> UPSTREAM_SCHEMES = Set.of("http", "https", "tcp");

	private final ExpressionLanguage language;

	/** @param language null while there is none; then expressions are not checked here */
	Meaning(ExpressionLanguage language) {
		this.language = language;
	}

	/** Why the value makes no sense, or null when it does. */
	String refusal(String factoryPid, String attribute, String text) {
		if (text.isBlank()) {
			return null;
		}
		if (attribute.equals("route") && factoryPid.startsWith("proxy.service.")
				|| attribute.equals("expression") && factoryPid.equals("proxy.rule")) {
			return expression(text, factoryPid.equals("proxy.service.tcp_proxy"));
		}
		if (attribute.equals("address") && factoryPid.equals("proxy.listener")) {
			return address(text, LISTENER_SCHEMES, "https://0.0.0.0:443");
		}
		if (attribute.equals("upstreams") && factoryPid.startsWith("proxy.service.")) {
			return address(text, UPSTREAM_SCHEMES, "http://tracker:7070");
		}
		return null;
	}

	/** @param ofConnections whether connections are asked about, and not requests */
	private String expression(String text, boolean ofConnections) {
		if (language == null) {
			return null;
		}
		try {
			(ofConnections ? language.forConnections() : language).compile(text);
			return null;
		} catch (ExpressionException e) {
			return e.getMessage() + " at " + e.line() + ":" + e.column();
		}
	}

	private static String address(String text, Set<String> schemes, String example) {
		URI uri;
		try {
			uri = new URI(text.strip());
		} catch (URISyntaxException e) {
			return "'" + text + "' is not an address such as " + example;
		}
		if (uri.getScheme() == null || uri.getRawAuthority() == null) {
			return "'" + text + "' is not an address such as " + example;
		}
		if (!schemes.contains(uri.getScheme())) {
			return "'" + uri.getScheme() + "' is none of " + String.join(", ", schemes.stream().sorted().toList());
		}
		int port = port(uri.getRawAuthority());
		return port < 0 || port > 65535 ? "the port of '" + text + "' is not in 0..65535" : null;
	}

	/** Also of authorities that java.net.URI takes for no server's, such as names with underscores. */
	private static int port(String authority) {
		int colon = authority.lastIndexOf(':');
		if (colon <= authority.lastIndexOf(']')) {
			return 0;
		}
		String digits = authority.substring(colon + 1);
		return digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : -1;
	}
}
