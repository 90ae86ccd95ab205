package proxy.log.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Finds what must not be written: values of query parameters by name, segments of paths by place. On the safe side: names
 * are compared percent-decoded and in any case, empty segments do not count, a value goes up to the next ampersand.
 */
final class Redaction {

	private final String[] names;
	/** The segments of each pattern, null for a secret one. */
	private final String[][] paths;

	/** @throws IllegalArgumentException when a path pattern is none */
	Redaction(List<String> names, List<String> paths) {
		this.names = names.stream()
				.map(name -> name.strip().toLowerCase(Locale.ROOT))
				.filter(name -> !name.isEmpty())
				.toArray(String[]::new);
		this.paths = paths.stream().map(String::strip).filter(path -> !path.isEmpty()).map(Redaction::parse).toArray(String[][]::new);
	}

	private static String[] parse(String pattern) {
		String[] segments = Arrays.stream(pattern.split("/"))
				.filter(segment -> !segment.isEmpty())
				.map(segment -> segment.matches("\\{.*}") ? null : segment.toLowerCase(Locale.ROOT))
				.toArray(String[]::new);
		if (!pattern.startsWith("/") || !Arrays.asList(segments).contains(null)) {
			throw new IllegalArgumentException(
					"'" + pattern + "' is not a path with a secret segment in braces, such as /announce/{key}");
		}
		return segments;
	}

	/**
	 * Finds the secrets of a request target.
	 *
	 * @param into takes pairs of start and end, in order; what does not fit is not told
	 * @return how many pairs
	 */
	int find(byte[] bytes, int start, int end, int[] into) {
		int pathEnd = start;
		while (pathEnd < end && bytes[pathEnd] != '?') {
			pathEnd++;
		}
		int count = findInPath(bytes, start, pathEnd, into);
		return findInQuery(bytes, pathEnd + 1, end, into, count);
	}

	/** As {@link #find}, of a whole URL; also of its user information. */
	int findInUrl(byte[] bytes, int start, int end, int[] into) {
		for (int i = start; i + 2 < end; i++) {
			if (bytes[i] == ':' && bytes[i + 1] == '/' && bytes[i + 2] == '/') {
				int path = i + 3;
				while (path < end && bytes[path] != '/' && bytes[path] != '?') {
					path++;
				}
				return find(bytes, path, end, into);
			}
		}
		return find(bytes, start, end, into);
	}

	private int findInPath(byte[] bytes, int start, int end, int[] into) {
		for (String[] pattern : paths) {
			int count = match(pattern, bytes, start, end, into);
			if (count > 0) {
				return count;
			}
		}
		return 0;
	}

	private static int match(String[] pattern, byte[] bytes, int start, int end, int[] into) {
		int count = 0;
		int from = start;
		for (String wanted : pattern) {
			while (from < end && bytes[from] == '/') {
				from++;
			}
			int to = from;
			while (to < end && bytes[to] != '/') {
				to++;
			}
			if (from == to || wanted != null && !equalDecoded(bytes, from, to, wanted)) {
				return 0;
			}
			if (wanted == null) {
				count = add(into, count, from, to);
			}
			from = to;
		}
		return count;
	}

	private int findInQuery(byte[] bytes, int start, int end, int[] into, int found) {
		int count = found;
		int from = start;
		while (from < end) {
			int nameEnd = from;
			while (nameEnd < end && bytes[nameEnd] != '=' && bytes[nameEnd] != '&' && bytes[nameEnd] != ';') {
				nameEnd++;
			}
			if (nameEnd < end && bytes[nameEnd] == '=' && isSecret(bytes, from, nameEnd)) {
				int valueEnd = nameEnd + 1;
				while (valueEnd < end && bytes[valueEnd] != '&') {
					valueEnd++;
				}
				count = add(into, count, nameEnd + 1, valueEnd);
				from = valueEnd + 1;
			} else {
				while (nameEnd < end && bytes[nameEnd] != '&' && bytes[nameEnd] != ';') {
					nameEnd++;
				}
				from = nameEnd + 1;
			}
		}
		return count;
	}

	private boolean isSecret(byte[] bytes, int from, int to) {
		for (String name : names) {
			if (equalDecoded(bytes, from, to, name)) {
				return true;
			}
		}
		return false;
	}

	/** When there is no room for one more, the last one is stretched over everything up to it. */
	private static int add(int[] into, int count, int from, int to) {
		if (from == to) {
			return count;
		}
		if (2 * count == into.length) {
			into[2 * count - 1] = to;
			return count;
		}
		into[2 * count] = from;
		into[2 * count + 1] = to;
		return count + 1;
	}

	private static boolean equalDecoded(byte[] bytes, int from, int to, String lowerCase) {
		int i = from;
		for (int n = 0; n < lowerCase.length(); n++) {
			if (i >= to) {
				return false;
			}
			int octet = bytes[i++] & 0xFF;
			if (octet == '%' && i + 1 < to && Character.digit(bytes[i], 16) >= 0 && Character.digit(bytes[i + 1], 16) >= 0) {
				octet = Character.digit(bytes[i], 16) << 4 | Character.digit(bytes[i + 1], 16);
				i += 2;
			}
			if (octet >= 'A' && octet <= 'Z') {
				octet |= 0x20;
			}
			if (octet != lowerCase.charAt(n)) {
				return false;
			}
		}
		return i == to;
	}
}
