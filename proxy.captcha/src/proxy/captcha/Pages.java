package proxy.captcha;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import proxy.api.http.HttpExchange;

/** The page in every language that there is, and which of them a visitor reads (RFC 9110 section 12.5.4). */
final class Pages {

	static final List<String> LANGUAGES = List.of("en", "de", "es", "fr", "it", "nl", "pt");
	private static final int LONGEST = 256;

	private final Map<String, Page> byLanguage = LANGUAGES.stream().collect(Collectors.toMap(Function.identity(), Page::new));

	void show(HttpExchange exchange) {
		byLanguage.get(preferred(exchange.facts().header("accept-language"))).show(exchange);
	}

	/** The language that counts most in Accept-Language; of those that count the same the first, and English if there is none. */
	static String preferred(String acceptLanguage) {
		String best = LANGUAGES.get(0);
		double most = 0;
		if (acceptLanguage.length() > LONGEST) {
			return best;
		}
		for (String range : acceptLanguage.split(",")) {
			String[] parts = range.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*q=", 2);
			String language = parts[0].split("-", 2)[0];
			double weight = parts.length == 1 ? 1 : weight(parts[1]);
			if (weight > most && LANGUAGES.contains(language)) {
				best = language;
				most = weight;
			}
		}
		return best;
	}

	/** 0 for what is no weight. */
	private static double weight(String text) {
		return text.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(text) : 0;
	}
}
