package proxy.api.http;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import proxy.api.rule.Condition;

/**
 * A rule: which requests, and what to do with them. Rules are tried in {@code service.ranking} order before any service.
 * The service property {@code name} is its name in the configuration.
 */
@ConsumerType
public interface HttpRule {

	/** Which requests match. When its evaluation fails the rule matches if {@link #matchesOnError()}. */
	Condition condition();

	/** The words of the actions to apply, in order. */
	List<String> actions();

	/** Whether matches are only counted and logged. */
	boolean logOnly();

	/** What a failed evaluation counts as: true denies for a blocking rule, which is the safe side. */
	boolean matchesOnError();
}
