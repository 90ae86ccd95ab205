package proxy.rules.syntax;

import java.util.Locale;
import proxy.rules.syntax.Token.Kind;
import proxy.rules.value.Bytes;

/** Cuts an expression into tokens, one at a time. */
final class Lexer {

	private final String source;
	private int at;

	Lexer(String source) {
		this.source = source;
	}

	Token next() {
		skipBlanksAndComments();
		if (at == source.length()) {
			return new Token(Kind.END, at, at, null);
		}
		char c = source.charAt(at);
		if (isDigit(c) || c == '.' && isDigit(peek(1))) {
			return number();
		}
		int quote = quoteAt(at);
		if (quote >= 0) {
			return string(quote);
		}
		if (isNameStart(c)) {
			return word();
		}
		if (c == '`') {
			return quotedName();
		}
		return symbol(c);
	}

	private void skipBlanksAndComments() {
		while (at < source.length()) {
			char c = source.charAt(at);
			if (c == '/' && peek(1) == '/') {
				int newline = source.indexOf('\n', at);
				at = newline < 0 ? source.length() : newline;
			} else if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f') {
				at++;
			} else {
				return;
			}
		}
	}

	private Token word() {
		int start = at;
		while (isNameStart(peek(0)) || isDigit(peek(0))) {
			at++;
		}
		String word = source.substring(start, at);
		return new Token(Kind.ofWord(word), start, at, word);
	}

	private Token quotedName() {
		int start = at;
		int close = source.indexOf('`', start + 1);
		if (close < 0) {
			throw new SourceError(start, "the name is not closed with a `");
		}
		at = close + 1;
		return new Token(Kind.QUOTED_NAME, start, at, source.substring(start + 1, close));
	}

	private Token symbol(char c) {
		Kind kind = Kind.symbolAt(source, at);
		if (kind == null) {
			throw new SourceError(at, unknownSymbol(c));
		}
		int start = at;
		at += kind.length();
		return new Token(kind, start, at, null);
	}

	private static String unknownSymbol(char c) {
		switch (c) {
			case '=':
				return "unexpected '=', did you mean '=='?";
			case '&':
				return "unexpected '&', did you mean '&&'?";
			case '|':
				return "unexpected '|', did you mean '||'?";
			default:
				return "unexpected character '" + c + "'";
		}
	}

	/** Offset of the opening quote of a string that starts here, behind its prefix of r and b; -1 when none does. */
	private int quoteAt(int start) {
		int i = start;
		if (isOneOf(i, 'b', 'B')) {
			i++;
		}
		if (isOneOf(i, 'r', 'R')) {
			i++;
		}
		return isOneOf(i, '"', '\'') ? i : -1;
	}

	private Token string(int quote) {
		int start = at;
		String prefix = source.substring(start, quote).toLowerCase(Locale.ROOT);
		StringScanner scanner = new StringScanner(source, quote, prefix.contains("r"), prefix.contains("b"));
		String text = scanner.scan();
		at = scanner.end();
		return new Token(Kind.LITERAL, start, at, prefix.contains("b") ? Bytes.ofOctets(text) : text);
	}

	private Token number() {
		int start = at;
		if (source.charAt(at) == '0' && isOneOf(at + 1, 'x', 'X')) {
			at += 2;
			skipDigits(16);
			return integer(start, source.substring(start + 2, at), 16);
		}
		skipDigits(10);
		boolean fraction = peek(0) == '.' && isDigit(peek(1));
		if (fraction) {
			at++;
			skipDigits(10);
		}
		boolean exponent = skipExponent();
		if (!fraction && !exponent) {
			return integer(start, source.substring(start, at), 10);
		}
		refuseSuffix(start);
		return new Token(Kind.LITERAL, start, at, Double.valueOf(source.substring(start, at)));
	}

	private boolean skipExponent() {
		if (!isOneOf(at, 'e', 'E')) {
			return false;
		}
		int digits = isOneOf(at + 1, '+', '-') ? at + 2 : at + 1;
		if (digits >= source.length() || !isDigit(source.charAt(digits))) {
			return false;
		}
		at = digits;
		skipDigits(10);
		return true;
	}

	private Token integer(int start, String digits, int radix) {
		if (isOneOf(at, 'u', 'U')) {
			throw new SourceError(start, "unsigned integers are not supported, leave out the 'u'");
		}
		refuseSuffix(start);
		try {
			// 2^63 is let through as Long.MIN_VALUE: the parser accepts it behind a minus sign only
			long value = digits.equals("9223372036854775808") ? Long.MIN_VALUE : Long.parseLong(digits, radix);
			return new Token(Kind.LITERAL, start, at, value);
		} catch (NumberFormatException e) {
			throw new SourceError(start, "the integer " + source.substring(start, at) + " is out of range");
		}
	}

	private void refuseSuffix(int start) {
		if (isNameStart(peek(0))) {
			throw new SourceError(start, "malformed number '" + source.substring(start, at + 1) + "'");
		}
	}

	private void skipDigits(int radix) {
		while (peek(0) < 128 && Character.digit(peek(0), radix) >= 0) {
			at++;
		}
	}

	private boolean isOneOf(int i, char one, char other) {
		return i < source.length() && (source.charAt(i) == one || source.charAt(i) == other);
	}

	/** The character that many places on, NUL behind the end. */
	private char peek(int places) {
		int i = at + places;
		return i < source.length() ? source.charAt(i) : '\0';
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	private static boolean isNameStart(char c) {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
	}
}
