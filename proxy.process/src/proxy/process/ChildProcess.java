package proxy.process;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** The child process as it is configured. It outlives restarts of the gateway's core, and changes that do not concern it. */
@Component(
		service = ChildProcess.class,
		immediate = true,
		configurationPid = "proxy.child_process",
		configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ChildConfig.class)
public final class ChildProcess implements Supervisor.Events {

	static final String SETTING = "child_process";

	private static final long FIRST_PAUSE_MILLIS = 1_000;

	private final String startedIn;
	private final Supervisor supervisor;
	private GatewayRuntime runtime;
	private AutoCloseable held;
	private boolean settled;
	/** Told to every runtime that comes. */
	private Problem problem;

	@Activate
	public ChildProcess(BundleContext context, ChildConfig config) {
		this(config, context.getProperty("gatehouse.directory"), FIRST_PAUSE_MILLIS);
	}

	ChildProcess(ChildConfig config, String startedIn, long firstPauseMillis) {
		this.startedIn = startedIn;
		Command first = command(config);
		settled = first == null;
		supervisor = new Supervisor(first, firstPauseMillis, this);
	}

	@Activate
	void start() {
		supervisor.start();
	}

	/** Another command replaces the process; wrong settings are told, and what runs goes on. */
	@Modified
	void modified(ChildConfig config) {
		Command next = command(config);
		if (next != null) {
			supervisor.run(next);
		}
	}

	/** Null when the settings are wrong. */
	private Command command(ChildConfig config) {
		try {
			Command command = Command.of(config, startedIn);
			tell(null);
			return command;
		} catch (WrongSettingException wrong) {
			tell(new Problem(wrong.setting(), wrong.reason()));
			return null;
		}
	}

	@Deactivate
	void deactivate() throws InterruptedException {
		supervisor.stop();
		tell(null);
	}

	@Reference(
			cardinality = ReferenceCardinality.OPTIONAL,
			policy = ReferencePolicy.DYNAMIC,
			policyOption = ReferencePolicyOption.GREEDY)
	synchronized void setRuntime(GatewayRuntime next) {
		runtime = next;
		if (!settled) {
			held = next.hold();
		}
		if (problem != null) {
			next.report(problem);
		}
	}

	synchronized void unsetRuntime(GatewayRuntime gone) {
		if (runtime == gone) {
			runtime = null;
			held = null;
		}
	}

	private synchronized void tell(Problem now) {
		problem = now;
		if (runtime != null) {
			runtime.clear(SETTING);
		}
		if (runtime != null && now != null) {
			runtime.report(now);
		}
	}

	@Override
	public void failed(Command command, String reason) {
		tell(new Problem(SETTING + ".command", reason));
	}

	@Override
	public void started(Command command) {
		tell(null);
	}

	@Override
	public synchronized void settled() {
		settled = true;
		try {
			if (held != null) {
				held.close();
			}
		} catch (Exception impossible) {
			throw new IllegalStateException(impossible);
		}
		held = null;
	}
}
