package proxy.console;

import java.util.Collection;
import java.util.Map;

/** Writes maps, collections, numbers, booleans and texts as JSON (RFC 8259). */
final class Json {

	private Json() {}

	static String of(Object value) {
		StringBuilder text = new StringBuilder();
		append(text, value);
		return text.toString();
	}

	private static void append(StringBuilder to, Object value) {
		if (value instanceof Map<?, ?> map) {
			to.append('{');
			String separator = "";
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				to.append(separator);
				string(to, String.valueOf(entry.getKey()));
				append(to.append(':'), entry.getValue());
				separator = ",";
			}
			to.append('}');
		} else if (value instanceof Collection<?> collection) {
			to.append('[');
			String separator = "";
			for (Object element : collection) {
				append(to.append(separator), element);
				separator = ",";
			}
			to.append(']');
		} else if (value == null || value instanceof Number || value instanceof Boolean) {
			to.append(value);
		} else {
			string(to, value.toString());
		}
	}

	private static void string(StringBuilder to, String text) {
		to.append('"');
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '"' || c == '\\') {
				to.append('\\').append(c);
			} else if (c < 0x20 || c == 0x7F || c == '<' || c == '\u2028' || c == '\u2029') {
				to.append(String.format("\\u%04x", (int) c));
			} else {
				to.append(c);
			}
		}
		to.append('"');
	}
}
