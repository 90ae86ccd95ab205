package proxy.captcha;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import proxy.api.http.HttpRule;
import proxy.api.rule.Condition;

/** Hands the endpoints to the action before any other rule. There only while a rule asks for captchas. */
@Component(
		immediate = true,
		property = {"name=(captcha)", "service.ranking:Integer=" + EndpointRule.RANKING},
		reference = @Reference(
				name = "asking",
				service = HttpRule.class,
				target = "(actions=" + CaptchaAction.WORD + ")",
				cardinality = ReferenceCardinality.AT_LEAST_ONE,
				policy = ReferencePolicy.DYNAMIC))
public final class EndpointRule implements HttpRule {

	/** Below the check of the user agent, above everything of the configuration. */
	static final int RANKING = Integer.MAX_VALUE - 1;

	private static final Condition ENDPOINTS = facts -> facts.path().startsWith(Endpoints.ROOT);

	@Override
	public Condition condition() {
		return ENDPOINTS;
	}

	@Override
	public List<String> actions() {
		return List.of(CaptchaAction.WORD);
	}

	@Override
	public boolean logOnly() {
		return false;
	}

	@Override
	public boolean matchesOnError() {
		return false;
	}
}
