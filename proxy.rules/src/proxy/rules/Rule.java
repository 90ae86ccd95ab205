package proxy.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import proxy.api.http.HttpRule;
import proxy.api.rule.Condition;
import proxy.api.rule.ExpressionException;
import proxy.api.rule.ExpressionLanguage;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** A rule of the configuration. A change that is wrong is reported, and the rule stays as it was. */
@Component(configurationPid = "proxy.rule", configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true)
@Designate(ocd = RuleConfig.class, factory = true)
public final class Rule implements HttpRule {

	/** Words of actions that keep requests out: they keep out what they cannot judge. */
	private static final List<String> PROTECTIVE = List.of("block", "captcha");

	private final GatewayRuntime runtime;
	private final ExpressionLanguage language;
	private String setting;
	private volatile Definition definition;

	private record Definition(Condition condition, List<String> actions, boolean logOnly, boolean matchesOnError) {}

	@Activate
	public Rule(@Reference GatewayRuntime runtime, @Reference ExpressionLanguage language, RuleConfig config) {
		this.runtime = runtime;
		this.language = language;
		setting = "rules." + config.name();
		definition = definition(config);
	}

	@Modified
	void change(RuleConfig config) {
		try {
			definition = definition(config);
		} catch (IllegalArgumentException e) {
			// reported; what was in force before stays
		}
	}

	@Deactivate
	void stop() {
		runtime.clear(setting);
	}

	private Definition definition(RuleConfig config) {
		runtime.clear(setting);
		setting = "rules." + config.name();
		if (config.name().isBlank()) {
			throw refused("name", "a rule needs a name");
		}
		List<String> actions = Arrays.stream(config.actions()).map(String::strip).filter(word -> !word.isEmpty()).toList();
		if (actions.isEmpty()) {
			throw refused("actions", "a rule needs an action, such as block");
		}
		return new Definition(condition(config.expression()), actions, config.log_only(), matchesOnError(config, actions));
	}

	private Condition condition(String expression) {
		if (expression.isBlank()) {
			return Condition.ALWAYS;
		}
		try {
			return language.compile(expression);
		} catch (ExpressionException e) {
			throw refused("expression", e.getMessage() + " at " + e.line() + ":" + e.column());
		}
	}

	private boolean matchesOnError(RuleConfig config, List<String> actions) {
		switch (config.on_error().toLowerCase(Locale.ROOT)) {
			case "auto":
				return actions.stream().anyMatch(PROTECTIVE::contains);
			case "match":
				return true;
			case "skip":
				return false;
			default:
				throw refused("on_error", "'" + config.on_error() + "' is none of auto, match, skip");
		}
	}

	private IllegalArgumentException refused(String attribute, String reason) {
		Problem problem = new Problem(setting + "." + attribute, reason);
		runtime.report(problem);
		return new IllegalArgumentException(problem.toString());
	}

	@Override
	public Condition condition() {
		return definition.condition();
	}

	@Override
	public List<String> actions() {
		return definition.actions();
	}

	@Override
	public boolean logOnly() {
		return definition.logOnly();
	}

	@Override
	public boolean matchesOnError() {
		return definition.matchesOnError();
	}
}
