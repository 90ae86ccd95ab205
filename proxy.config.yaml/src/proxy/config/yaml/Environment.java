package proxy.config.yaml;

import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills environment variables into values: {@code ${NAME}}, {@code ${NAME:-default}}; {@code $${} stays {@code ${}. */
final class Environment {

	private static final Pattern REFERENCE = Pattern.compile("(\\$)?\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?:(:-)([^}]*))?\\})?");

	private final UnaryOperator<String> variables;

	/** @param variables the value of a variable, or null when it is not set */
	Environment(UnaryOperator<String> variables) {
		this.variables = variables;
	}

	/** @throws IllegalArgumentException with the reason, when a variable has no value or a reference is malformed */
	String fill(String text) {
		if (text.indexOf("${") < 0) {
			return text;
		}
		return REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(one(match)));
	}

	private String one(MatchResult match) {
		if (match.group(1) != null) {
			return match.group().substring(1);
		}
		String name = match.group(2);
		if (name == null) {
			throw new IllegalArgumentException("'${' begins an environment variable: write ${NAME}, ${NAME:-default}, or $${ for the characters themselves");
		}
		String value = variables.apply(name);
		if (match.group(3) != null) {
			return value == null || value.isEmpty() ? match.group(4) : value;
		}
		if (value == null) {
			throw new IllegalArgumentException("environment variable " + name + " is not set; ${" + name + ":-default} gives it a default");
		}
		return value;
	}
}
