package proxy.service.files;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** What is wrong with a site's files, told when it begins and when it is over. Any thread. */
final class SiteProblems {

	private final GatewayRuntime runtime;
	private final String setting;
	private final Map<String, String> told = new ConcurrentHashMap<>();

	SiteProblems(GatewayRuntime runtime, String setting) {
		this.runtime = runtime;
		this.setting = setting;
	}

	void are(String attribute, String reason) {
		if (!reason.equals(told.put(attribute, reason))) {
			runtime.report(new Problem(setting + "." + attribute, reason));
		}
	}

	void gone(String attribute) {
		if (!told.isEmpty() && told.remove(attribute) != null) {
			runtime.clear(setting + "." + attribute);
		}
	}
}
