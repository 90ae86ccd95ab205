package proxy.config.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shows places of files: the line, and below it a caret. */
final class Excerpt {

	private static final String INDENT = "    ";
	private static final String MORE = "…";

	/** Characters of a line; of a longer one only what is around the place is shown. */
	private static final int WIDTH = 100;

	private final Map<String, List<String>> files = new HashMap<>();

	/** Two lines with an end each, or nothing where there is no such place. */
	String at(Position place) {
		List<String> lines = files.computeIfAbsent(place.file(), Excerpt::lines);
		if (place.line() > lines.size() || lines.get(place.line() - 1).isBlank()) {
			return "";
		}
		int[] line = lines.get(place.line() - 1).codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).toArray();
		int column = Math.min(place.column() - 1, line.length);
		int from = line.length <= WIDTH ? 0 : Math.max(0, Math.min(column - WIDTH / 2, line.length - WIDTH));
		int to = Math.min(line.length, from + WIDTH);
		String before = from > 0 ? MORE : "";
		String text = before + new String(line, from, to - from) + (to < line.length ? MORE : "");
		return INDENT + text.stripTrailing() + "\n" + INDENT + " ".repeat(before.length() + column - from) + "^\n";
	}

	private static List<String> lines(String file) {
		try {
			return List.of(Files.readString(Path.of(file)).split("\r\n|\r|\n", -1));
		} catch (IOException unreadable) {
			return List.of();
		}
	}
}
