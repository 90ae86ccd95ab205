package proxy.config.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** ConfigurationAdmin in memory, which notes what is done to it. */
final class MemoryConfigurations implements ConfigurationAdmin {

	final List<String> done = new ArrayList<>();
	private final Map<String, Entry> entries = new TreeMap<>();

	/** What a configuration says, without the facts that ConfigurationAdmin adds. */
	Map<String, Object> get(String pid) {
		Map<String, Object> properties = new TreeMap<>();
		Dictionary<String, Object> all = entries.get(pid).properties;
		Collections.list(all.keys()).forEach(key -> properties.put(key, all.get(key)));
		return properties;
	}

	Set<String> pids() {
		return entries.keySet();
	}

	/** What somebody else does: the console. */
	void set(String pid, String key, Object value) {
		entries.get(pid).properties.put(key, value);
		entries.get(pid).changes++;
	}

	void replace(String pid, Map<String, Object> properties) {
		entries.get(pid).properties = new Hashtable<>(properties);
	}

	void remove(String pid) {
		entries.remove(pid);
	}

	@Override
	public Configuration getConfiguration(String pid, String location) {
		return entries.getOrDefault(pid, new Entry(pid, null));
	}

	@Override
	public Configuration getFactoryConfiguration(String factoryPid, String name, String location) {
		return entries.getOrDefault(factoryPid + "~" + name, new Entry(factoryPid + "~" + name, factoryPid));
	}

	@Override
	public Configuration[] listConfigurations(String filter) {
		return entries.values().toArray(Configuration[]::new);
	}

	@Override
	public Configuration createFactoryConfiguration(String factoryPid) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Configuration createFactoryConfiguration(String factoryPid, String location) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Configuration getConfiguration(String pid) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Configuration getFactoryConfiguration(String factoryPid, String name) {
		throw new UnsupportedOperationException();
	}

	private final class Entry implements Configuration {

		private final String pid;
		private final String factoryPid;
		private Dictionary<String, Object> properties;
		private long changes;

		Entry(String pid, String factoryPid) {
			this.pid = pid;
			this.factoryPid = factoryPid;
		}

		@Override
		public String getPid() {
			return pid;
		}

		@Override
		public Dictionary<String, Object> getProperties() {
			if (properties == null) {
				return null;
			}
			Dictionary<String, Object> copy = new Hashtable<>();
			Collections.list(properties.keys()).forEach(key -> copy.put(key, properties.get(key)));
			copy.put("service.pid", pid);
			if (factoryPid != null) {
				copy.put("service.factoryPid", factoryPid);
			}
			return copy;
		}

		@Override
		public void update(Dictionary<String, ?> now) {
			changes++;
			properties = new Hashtable<>();
			Collections.list(now.keys()).forEach(key -> properties.put(key, now.get(key)));
			properties.remove("service.pid");
			properties.remove("service.factoryPid");
			done.add((entries.put(pid, this) == null ? "create " : "update ") + pid);
		}

		@Override
		public void delete() {
			entries.remove(pid);
			done.add("delete " + pid);
		}

		@Override
		public String getFactoryPid() {
			return factoryPid;
		}

		@Override
		public void update() {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean updateIfDifferent(Dictionary<String, ?> now) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Dictionary<String, Object> getProcessedProperties(ServiceReference<?> reference) {
			return getProperties();
		}

		@Override
		public void setBundleLocation(String location) {}

		@Override
		public String getBundleLocation() {
			return "?";
		}

		@Override
		public long getChangeCount() {
			return changes;
		}

		@Override
		public void addAttributes(ConfigurationAttribute... attributes) {}

		@Override
		public Set<ConfigurationAttribute> getAttributes() {
			return Set.of();
		}

		@Override
		public void removeAttributes(ConfigurationAttribute... attributes) {}
	}
}
