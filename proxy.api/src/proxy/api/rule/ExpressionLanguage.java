package proxy.api.rule;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** Compiles an expression into a test of a request. Used on the control thread, never on an event loop. */
@ConsumerType
public interface ExpressionLanguage {

	/**
	 * Parses, checks and compiles. A list that is not there yet is no error: until it comes, evaluations that ask it fail.
	 *
	 * @return a condition that may be used on many threads at once
	 * @throws ExpressionException with the place and the reason, when the expression is wrong
	 */
	Condition compile(String expression) throws ExpressionException;

	/**
	 * As {@link #compile(String)}, for who knows which lists there will be: to name any other is an error.
	 *
	 * @param lists the names of all lists
	 */
	default Condition compile(String expression, Set<String> lists) throws ExpressionException {
		return compile(expression);
	}

	/**
	 * Reads the file of a list, as it would be read for expressions, and forgets it. For who checks a configuration that is not
	 * in force; may take seconds for a long list.
	 *
	 * @param type the list's type as configured
	 * @return what is wrong with the file, with its name and the line, or empty
	 */
	default Optional<String> wrongWithList(String type, Path file) {
		return Optional.empty();
	}

	/**
	 * The same language for tests of connections that are not of HTTP: what only requests have is an error there. Always the
	 * same object.
	 */
	default ExpressionLanguage forConnections() {
		return this;
	}
}
