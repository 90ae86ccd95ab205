package proxy.service.files;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** What is wrong with a site's files, told when it begins and when it is over. Any thread. */
final class SiteProblems {

	private static final Logger LOG = LoggerFactory.getLogger(SiteProblems.class);
	private static final long SECOND = 1_000_000_000L;

	private final GatewayRuntime runtime;
	private final String setting;
	private final Map<String, String> told = new ConcurrentHashMap<>();
	private final AtomicLong deniedAt = new AtomicLong(System.nanoTime() - SECOND);

	SiteProblems(GatewayRuntime runtime, String setting) {
		this.runtime = runtime;
		this.setting = setting;
	}

	void are(String attribute, String reason) {
		if (!reason.equals(told.put(attribute, reason))) {
			runtime.report(new Problem(setting + "." + attribute, reason));
		}
	}

	/** Whether something is wrong with the attribute. */
	boolean told(String attribute) {
		return told.containsKey(attribute);
	}

	void gone(String attribute) {
		if (!told.isEmpty() && told.remove(attribute) != null) {
			runtime.clear(setting + "." + attribute);
		}
	}

	/** The operating system does not let the gateway read a file; logged at most once a second. */
	void denied(String file) {
		long last = deniedAt.get();
		long now = System.nanoTime();
		if (now - last >= SECOND && deniedAt.compareAndSet(last, now)) {
			LOG.atWarn().addKeyValue("setting", setting).addKeyValue("file", file).log("no permission to read a file of a site");
		}
	}
}
