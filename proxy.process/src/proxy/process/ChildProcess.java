package proxy.process;

import java.util.Objects;
import java.util.concurrent.CompletionStage;
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
	/** What is wrong with the settings, or null. This and the next are told to every runtime that comes. */
	private Problem wrong;
	/** Why what is wanted cannot be started, or null. */
	private Problem failure;

	@Activate
	public ChildProcess(BundleContext context, ChildConfig config) {
		this(config, context.getProperty("gatehouse.directory"), FIRST_PAUSE_MILLIS, Instance.replaced());
	}

	/** @param way complete when another gateway's child process, which may have stood in the way, has ended */
	ChildProcess(ChildConfig config, String startedIn, long firstPauseMillis, CompletionStage<?> way) {
		this.startedIn = startedIn;
		Command first = command(config);
		settled = first == null;
		supervisor = new Supervisor(first, firstPauseMillis, this);
		way.thenRun(supervisor::tryAgain);
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
			wrong(null);
			return command;
		} catch (WrongSettingException refused) {
			wrong(refused.problem());
			return null;
		}
	}

	@Deactivate
	void deactivate() throws InterruptedException {
		supervisor.stop();
		wrong(null);
		failure(null);
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
		if (failure != null) {
			next.report(failure);
		}
		if (wrong != null) {
			next.report(wrong);
		}
	}

	synchronized void unsetRuntime(GatewayRuntime gone) {
		if (runtime == gone) {
			runtime = null;
			held = null;
		}
	}

	private synchronized void wrong(Problem now) {
		Problem before = wrong;
		wrong = now;
		tell(before, now, failure);
	}

	private synchronized void failure(Problem now) {
		Problem before = failure;
		failure = now;
		tell(before, now, wrong);
	}

	/** @param other what is still the case, perhaps of the same setting */
	private void tell(Problem before, Problem now, Problem other) {
		if (runtime == null || Objects.equals(before, now)) {
			return;
		}
		if (before != null) {
			runtime.clear(before.setting());
		}
		if (now != null) {
			runtime.report(now);
		}
		if (before != null && other != null && other.setting().equals(before.setting())) {
			runtime.report(other);
		}
	}

	@Override
	public void failed(Command command, String reason) {
		failure(new Problem(SETTING + ".command", reason));
	}

	@Override
	public void started(Command command) {
		failure(null);
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
