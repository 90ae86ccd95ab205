package proxy.api.rule;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** A compiled expression. Called on event loops for every request: fast, free of locks, thread-safe. */
@ConsumerType
public interface Condition {

	/** The condition of a route or rule without an expression. */
	Condition ALWAYS = facts -> true;

	/**
	 * @return true exactly when the expression's value is the boolean true
	 * @throws EvaluationException when the expression has no value for this request (say, an index out of range)
	 */
	boolean test(RequestFacts facts);

	/**
	 * The hosts that it may be true for, where the expression itself says so: for any other value of
	 * {@link RequestFacts#host()} it is false or has no value, so a router with many routes need not ask. Called when a routing
	 * table is built.
	 *
	 * @return empty when it may be true for any host
	 */
	default Optional<Set<String>> hosts() {
		return Optional.empty();
	}

	/**
	 * Beginnings of the paths that it may be true for, whole ones among them, in the same sense as {@link #hosts}: it is false or
	 * has no value where {@link RequestFacts#path()} begins with none of them.
	 *
	 * @return empty when it may be true for any path
	 */
	default Optional<Set<String>> pathPrefixes() {
		return Optional.empty();
	}

	/** What is odd about the expression, though it is right; in the order of its text. */
	default List<Remark> remarks() {
		return List.of();
	}
}
