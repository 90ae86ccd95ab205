package proxy.config.yaml;

import java.io.IOException;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * What this bundle last made of the file, remembered in a configuration of its own. Not in the entries' configurations:
 * whoever changes one of those may drop properties that it does not know.
 */
final class Applied {

	static final String PID = "proxy.config.yaml.applied";
	private static final String ENTRIES = "entries";

	/**
	 * @param digest of what the file said
	 * @param ranking as given, or null for entries without order
	 * @param path in the file
	 */
	record Memory(String digest, Integer ranking, String path) {}

	private final ConfigurationAdmin admin;
	/** What was read last, and what was made of it. */
	private String[] read = {};
	private Map<String, Memory> known = Map.of();

	Applied(ConfigurationAdmin admin) {
		this.admin = admin;
	}

	/** By PID; not to be changed. */
	synchronized Map<String, Memory> load() throws IOException {
		Dictionary<String, Object> properties = admin.getConfiguration(PID, "?").getProperties();
		String[] lines = properties != null && properties.get(ENTRIES) instanceof String[] written ? written : new String[0];
		if (!Arrays.equals(lines, read)) {
			Map<String, Memory> memories = new LinkedHashMap<>();
			for (String line : lines) {
				String[] parts = line.split("\t");
				memories.put(parts[0], new Memory(parts[1], parts[2].equals("-") ? null : Integer.valueOf(parts[2]), parts[3]));
			}
			read = lines;
			known = memories;
		}
		return known;
	}

	void save(Map<String, Memory> memories, String file) throws IOException {
		String[] lines = memories.entrySet().stream()
				.map(entry -> String.join("\t", entry.getKey(), entry.getValue().digest(),
						entry.getValue().ranking() == null ? "-" : entry.getValue().ranking().toString(), entry.getValue().path()))
				.toArray(String[]::new);
		Configuration configuration = admin.getConfiguration(PID, "?");
		Dictionary<String, Object> before = configuration.getProperties();
		if (before != null && file.equals(before.get("file")) && Arrays.equals(lines, (Object[]) before.get(ENTRIES))) {
			return;
		}
		Dictionary<String, Object> properties = new Hashtable<>();
		properties.put("file", file);
		properties.put(ENTRIES, lines);
		configuration.update(properties);
	}
}
