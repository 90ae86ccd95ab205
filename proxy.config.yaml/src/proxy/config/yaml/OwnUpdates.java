package proxy.config.yaml;

import java.io.IOException;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.cm.Configuration;

/** Makes updates of configurations, and tells them from those that others make. Any thread. */
final class OwnUpdates {

	/** @param count the configuration's change count after the update */
	private record Update(Configuration configuration, long count) {}

	private final Map<String, Update> last = new HashMap<>();

	/** The lock is held over the update, so that whoever asks because of its event is told of it. */
	synchronized void update(Configuration configuration, Dictionary<String, Object> properties) throws IOException {
		long before = configuration.getChangeCount();
		configuration.update(properties);
		last.put(configuration.getPid(), new Update(configuration, before + 1));
	}

	/** Whether the last change of a configuration was one of ours. */
	synchronized boolean isOwn(String pid) {
		Update own = last.get(pid);
		try {
			return own != null && own.configuration().getChangeCount() == own.count();
		} catch (IllegalStateException deleted) {
			return false;
		}
	}
}
