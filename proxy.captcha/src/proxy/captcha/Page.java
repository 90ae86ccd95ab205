package proxy.captcha;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;
import proxy.api.http.HttpExchange;

/**
 * The page that stands where a visitor wanted to go, in one language. Nothing but its own style and script is let run in it.
 * The words of a language are in {@code words/LANGUAGE.properties}, and stand where their name is in braces.
 */
final class Page {

	private final String language;
	private final byte[] content;
	private final String policy;

	Page(String language) {
		this.language = language;
		Properties words = words(language);
		String style = text("page.css");
		String script = worded(text("page.js"), words);
		content = worded(text("page.html"), words)
				.replace("{language}", language)
				.replace("{style}", style)
				.replace("{script}", script)
				.getBytes(StandardCharsets.UTF_8);
		policy = "default-src 'none'; style-src " + hash(style) + "; script-src " + hash(script) + "; worker-src 'self'; img-src data:;"
				+ " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
	}

	void show(HttpExchange exchange) {
		new Reply(403)
				.with("content-type", "text/html; charset=utf-8")
				.with("content-language", language)
				.with("cache-control", "no-store")
				.with("content-security-policy", policy)
				.with("referrer-policy", "same-origin")
				.with("x-content-type-options", "nosniff")
				.send(exchange, content);
	}

	static Properties words(String language) {
		Properties words = new Properties();
		try {
			words.load(new InputStreamReader(
					new ByteArrayInputStream(resource("words/" + language + ".properties")), StandardCharsets.UTF_8));
			return words;
		} catch (IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}

	private static String worded(String text, Properties words) {
		String worded = text;
		for (String name : words.stringPropertyNames()) {
			worded = worded.replace("{" + name + "}", words.getProperty(name));
		}
		return worded;
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
