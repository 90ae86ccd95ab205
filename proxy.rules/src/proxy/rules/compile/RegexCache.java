package proxy.rules.compile;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import proxy.rules.value.Regex;

/** Keeps what one {@code Regex(...)} has compiled when its pattern is no constant, say, comes from a list. */
final class RegexCache {

	private static final int CAPACITY = 1_000;

	private final Map<String, Regex> byPattern = new ConcurrentHashMap<>();

	Regex get(String pattern) {
		Regex known = byPattern.get(pattern);
		if (known != null) {
			return known;
		}
		Regex compiled = Regex.of(pattern);
		if (byPattern.size() >= CAPACITY) {
			byPattern.clear();
		}
		byPattern.put(pattern, compiled);
		return compiled;
	}
}
