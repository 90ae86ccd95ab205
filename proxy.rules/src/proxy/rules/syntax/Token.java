package proxy.rules.syntax;

import java.util.Arrays;

/**
 * One token.
 *
 * @param at offset of its first character
 * @param end offset behind its last character
 * @param value of a literal or a name, otherwise null
 */
record Token(Kind kind, int at, int end, Object value) {

	enum Kind {
		END("the end"),
		NAME("a name"),
		QUOTED_NAME("a name"),
		LITERAL("a literal"),
		TRUE("true"),
		FALSE("false"),
		NULL("null"),
		IN("in"),
		EQUAL("=="),
		NOT_EQUAL("!="),
		LESS_OR_EQUAL("<="),
		GREATER_OR_EQUAL(">="),
		LESS("<"),
		GREATER(">"),
		AND("&&"),
		OR("||"),
		NOT("!"),
		PLUS("+"),
		MINUS("-"),
		TIMES("*"),
		DIVIDE("/"),
		REMAINDER("%"),
		DOT("."),
		COMMA(","),
		COLON(":"),
		QUESTION("?"),
		LEFT_PARENTHESIS("("),
		RIGHT_PARENTHESIS(")"),
		LEFT_BRACKET("["),
		RIGHT_BRACKET("]"),
		LEFT_BRACE("{"),
		RIGHT_BRACE("}");

		/** Symbols, longer ones before their prefixes. */
		private static final Kind[] SYMBOLS = Arrays.stream(values())
				.filter(kind -> kind.ordinal() >= EQUAL.ordinal())
				.toArray(Kind[]::new);

		private final String text;

		Kind(String text) {
			this.text = text;
		}

		static Kind symbolAt(String source, int at) {
			for (Kind kind : SYMBOLS) {
				if (source.startsWith(kind.text, at)) {
					return kind;
				}
			}
			return null;
		}

		static Kind ofWord(String word) {
			switch (word) {
				case "true":
					return TRUE;
				case "false":
					return FALSE;
				case "null":
					return NULL;
				case "in":
					return IN;
				default:
					return NAME;
			}
		}

		int length() {
			return text.length();
		}

		/** For messages: symbols and words in quotes. */
		@Override
		public String toString() {
			return ordinal() >= TRUE.ordinal() ? "'" + text + "'" : text;
		}
	}
}
