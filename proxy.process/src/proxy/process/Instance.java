package proxy.process;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.GatewayRuntime;

/** This process in its data directory: the one that serves, or the one that is about to take over. */
@Component(immediate = true, service = Instance.class)
public final class Instance {

	private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

	private final PidFile file;
	private final Thread replacement;

	@Activate
	public Instance(BundleContext context, @Reference GatewayRuntime runtime) {
		String data = context.getProperty("gatehouse.data");
		file = data == null ? null : new PidFile(Path.of(data));
		long before = Long.getLong("gatehouse.replaces", 0);
		ProcessHandle running = before == 0 ? null : ProcessHandle.of(before).orElse(null);
		sweep(context.getProperty(Constants.FRAMEWORK_STORAGE));
		if (running == null) {
			serve();
			replacement = null;
		} else {
			replacement = new Thread(new Replacement(running, runtime, this::serve), "gatehouse-replacement");
			replacement.setDaemon(true);
			replacement.start();
		}
	}

	private static void sweep(String cache) {
		try {
			if (cache != null) {
				new LeftCaches(Path.of(cache)).delete();
			}
		} catch (IOException left) {
			LOG.warn("cannot delete what a process before has left beside {}: {}", cache, left.getMessage());
		}
	}

	private void serve() {
		try {
			if (file != null) {
				file.write();
			}
		} catch (IOException failed) {
			LOG.warn("cannot write {}: another process would not find this one", failed.getMessage());
		}
	}

	@Deactivate
	void deactivate() {
		if (replacement != null) {
			replacement.interrupt();
		}
		try {
			if (file != null) {
				file.remove();
			}
		} catch (IOException failed) {
			LOG.warn("cannot remove {}", failed.getMessage());
		}
	}
}
