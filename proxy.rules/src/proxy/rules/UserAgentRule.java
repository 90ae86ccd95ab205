package proxy.rules;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import proxy.api.http.HttpRule;
import proxy.api.http.HttpService;
import proxy.api.rule.Condition;

/**
 * Pingoo's first check, as a rule before all others. Registered by hand, and only while it is wanted: a rule that is not
 * there costs no request anything.
 */
@Component(
		service = {},
		configurationPid = "proxy.user_agent",
		configurationPolicy = ConfigurationPolicy.REQUIRE,
		immediate = true)
@Designate(ocd = UserAgentConfig.class)
public final class UserAgentRule implements HttpRule {

	/** A name that no rule of a configuration can have. */
	private static final String NAME = "(user agent)";
	private static final int TOO_LONG = 256;
	private static final Condition UNACCEPTABLE = facts -> {
		int length = facts.userAgent().length();
		return length == 0 || length >= TOO_LONG;
	};

	private final BundleContext context;
	private ServiceRegistration<HttpRule> registration;

	@Activate
	public UserAgentRule(BundleContext context, UserAgentConfig config) {
		this.context = context;
		change(config);
	}

	@Modified
	void change(UserAgentConfig config) {
		if (!config.required()) {
			stop();
		} else if (registration == null) {
			Dictionary<String, Object> properties = new Hashtable<>();
			properties.put(HttpService.NAME, NAME);
			properties.put(Constants.SERVICE_RANKING, Integer.MAX_VALUE);
			registration = context.registerService(HttpRule.class, this, properties);
		}
	}

	@Deactivate
	void stop() {
		if (registration != null) {
			registration.unregister();
			registration = null;
		}
	}

	@Override
	public Condition condition() {
		return UNACCEPTABLE;
	}

	@Override
	public List<String> actions() {
		return List.of("block");
	}

	@Override
	public boolean logOnly() {
		return false;
	}

	@Override
	public boolean matchesOnError() {
		return true;
	}
}
