package proxy.captcha;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import proxy.api.http.HttpExchange;

/** The page that stands where a visitor wanted to go. Nothing but its own style and script is let run in it. */
final class Page {

	private final byte[] content;
	private final String policy;

	Page() {
		String style = text("page.css");
		String script = text("page.js");
		content = text("page.html").replace("{style}", style).replace("{script}", script).getBytes(StandardCharsets.UTF_8);
		policy = "default-src 'none'; style-src " + hash(style) + "; script-src " + hash(script) + "; worker-src 'self'; img-src data:;"
				+ " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
	}

	void show(HttpExchange exchange) {
		new Reply(403)
				.with("content-type", "text/html; charset=utf-8")
				.with("cache-control", "no-store")
				.with("content-security-policy", policy)
				.with("referrer-policy", "same-origin")
				.with("x-content-type-options", "nosniff")
				.send(exchange, content);
	}

	private static String hash(String text) {
		byte[] digest = ClientId.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
		return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
	}

	private static String text(String name) {
		return new String(resource(name), StandardCharsets.UTF_8);
	}

	static byte[] resource(String name) {
		try (InputStream resource = Page.class.getResourceAsStream(name)) {
			return resource.readAllBytes();
		} catch (IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}
}
