package proxy.config.yaml;

import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * Where the characters of a scalar are in its file. Exact for scalars on one line and for literal blocks; for folded ones
 * it is where the scalar begins.
 *
 * @param lines the file's lines
 * @param at where the scalar begins, its quote included
 * @param end the column behind it on the same line, counted as {@link Position#column}, or 0 when it ends on another line
 */
record ScalarSource(List<String> lines, Position at, int end, ScalarStyle style) {

	/** The place of a character of the scalar's text, given by its line and column there, both from 1. */
	Position place(int line, int column) {
		if (style == ScalarStyle.LITERAL) {
			return literal(line, column);
		}
		if (end == 0 || line != 1) {
			return at;
		}
		return switch (style) {
			case PLAIN -> at.right(column - 1);
			case SINGLE_QUOTED, DOUBLE_QUOTED -> at.right(quoted(column));
			default -> at;
		};
	}

	private Position literal(int line, int column) {
		int header = at.line();
		int indent = -1;
		for (int i = header; i < lines.size() && indent < 0; i++) {
			String text = lines.get(i);
			indent = text.isBlank() ? -1 : text.length() - text.stripLeading().length();
		}
		return new Position(at.file(), header + line, Math.max(indent, 0) + column);
	}

	/** How far a character of the text is from the opening quote. */
	private int quoted(int column) {
		int[] raw = lines.get(at.line() - 1).codePoints().toArray();
		int offset = 1;
		for (int i = 1; i < column && at.column() - 1 + offset < raw.length; i++) {
			offset += width(raw, at.column() - 1 + offset);
		}
		return offset;
	}

	private int width(int[] raw, int index) {
		if (style == ScalarStyle.SINGLE_QUOTED) {
			return raw[index] == '\'' ? 2 : 1;
		}
		if (raw[index] != '\\' || index + 1 >= raw.length) {
			return 1;
		}
		return switch (raw[index + 1]) {
			case 'x' -> 4;
			case 'u' -> 6;
			case 'U' -> 10;
			default -> 2;
		};
	}
}
