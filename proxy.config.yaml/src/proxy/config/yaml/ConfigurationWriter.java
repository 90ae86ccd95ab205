package proxy.config.yaml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Brings ConfigurationAdmin to what a file says, touching nothing else: not what the file did not change since it was last
 * applied, even if somebody else did, and not what never came from a file.
 */
final class ConfigurationWriter {

	/** The property that says which file a configuration came from. */
	static final String SOURCE = "gatehouse.source";
	private static final String RANKING = "service.ranking";
	private static final String ANY_BUNDLE = "?";

	private final ConfigurationAdmin admin;
	private final Applied applied;
	private final OwnUpdates own = new OwnUpdates();

	ConfigurationWriter(ConfigurationAdmin admin) {
		this.admin = admin;
		this.applied = new Applied(admin);
	}

	/** What did not come from the file. */
	Elsewhere elsewhere() throws IOException {
		Map<String, String> services = new HashMap<>();
		Set<String> lists = new HashSet<>();
		Map<String, Configuration> unmarked = list("(&(service.pid=proxy.*)(!(" + SOURCE + "=*)))");
		unmarked.keySet().removeAll(applied.load().keySet()); // the console may drop marks
		unmarked.values().forEach(configuration -> {
			String factoryPid = configuration.getFactoryPid();
			if (factoryPid != null && factoryPid.startsWith("proxy.service.")) {
				services.put(name(configuration), factoryPid.substring("proxy.service.".length()));
			} else if (factoryPid != null && factoryPid.equals("proxy.list")) {
				lists.add(name(configuration));
			}
		});
		return new Elsewhere(services, lists, Set.of());
	}

	private static String name(Configuration configuration) {
		return Objects.toString(configuration.getProperties().get("name"), "");
	}

	synchronized Changes write(Reading reading) throws IOException {
		Map<String, Applied.Memory> before = applied.load();
		Map<String, Applied.Memory> after = new LinkedHashMap<>();
		Map<String, Configuration> present = present();
		Map<String, Integer> ranking = ranking(reading.entries(), before);
		for (Entry entry : reading.entries()) {
			after.put(entry.pid(), new Applied.Memory(digest(entry), ranking.get(entry.pid()), entry.path()));
		}
		Changes changes = new Changes();
		List<String> gone = before.keySet().stream().filter(pid -> !after.containsKey(pid)).toList();
		delete(gone, true, before, present, changes);
		List<Entry> entries = new ArrayList<>(reading.entries());
		entries.sort(Comparator.comparing(ConfigurationWriter::isListener));
		for (Entry entry : entries) {
			one(entry, before.get(entry.pid()), after.get(entry.pid()), present.get(entry.pid()), changes);
		}
		delete(gone, false, before, present, changes);
		applied.save(after, reading.file());
		return changes;
	}

	/** Listeners go first, so that another may take their address, and come last, when there is something to serve. */
	private static boolean isListener(Entry entry) {
		return entry.section().equals("listeners");
	}

	private void delete(List<String> pids, boolean listeners, Map<String, Applied.Memory> before, Map<String, Configuration> present,
			Changes changes) throws IOException {
		for (String pid : pids) {
			String path = before.get(pid).path();
			Configuration configuration = present.get(pid);
			if (configuration != null && path.startsWith("listeners.") == listeners) {
				configuration.delete();
				changes.did('-', path);
			}
		}
	}

	private void one(Entry entry, Applied.Memory before, Applied.Memory after, Configuration present, Changes changes) throws IOException {
		boolean changedInFile = before == null || !before.digest().equals(after.digest());
		Map<String, Object> wanted = wanted(entry, after);
		if (changedInFile && present == null) {
			own.update(create(entry), new Hashtable<>(wanted));
			changes.did('+', entry.path());
		} else if (changedInFile && !isSame(wanted, present.getProperties())) {
			own.update(present, new Hashtable<>(wanted));
			changes.did('~', entry.path());
		} else if (!changedInFile && present != null && !Objects.equals(before.ranking(), after.ranking())) {
			rank(present, after.ranking());
			changes.did('~', entry.path());
		} else if (present == null || !changedInFile && !isSame(wanted, present.getProperties())) {
			changes.kept().add(entry.path());
			if (present != null && after.ranking() != null && present.getProperties().get(RANKING) == null) {
				rank(present, after.ranking());
			}
		}
	}

	/** Whether the last change of a configuration was made here. Any thread. */
	boolean isOwn(String pid) {
		return own.isOwn(pid);
	}

	/** Makes an entry what the file says of it, whoever has changed it since. */
	synchronized void restore(Entry entry) throws IOException {
		Configuration present = present().get(entry.pid());
		own.update(present == null ? create(entry) : present, new Hashtable<>(wanted(entry, applied.load().get(entry.pid()))));
	}

	private static Map<String, Object> wanted(Entry entry, Applied.Memory memory) {
		Map<String, Object> wanted = new HashMap<>(entry.properties());
		wanted.put(SOURCE, entry.at().file());
		if (memory.ranking() != null) {
			wanted.put(RANKING, memory.ranking());
		}
		return wanted;
	}

	/** The order is the file's, also for an entry changed by somebody who knew nothing of it. */
	private void rank(Configuration configuration, int ranking) throws IOException {
		// as it is now: since it was listed, somebody may have changed it again
		Dictionary<String, Object> properties = configuration.getProperties();
		properties.put(RANKING, ranking);
		own.update(configuration, properties);
	}

	private Configuration create(Entry entry) throws IOException {
		return entry.name() == null ? admin.getConfiguration(entry.factoryPid(), ANY_BUNDLE)
				: admin.getFactoryConfiguration(entry.factoryPid(), entry.name(), ANY_BUNDLE);
	}

	private static boolean isSame(Map<String, Object> wanted, Dictionary<String, Object> present) {
		Map<String, Object> rest = new HashMap<>(wanted);
		rest.remove(SOURCE);
		for (String key : Collections.list(present.keys())) {
			boolean ours = !key.equals(SOURCE) && !key.startsWith("service.") && !key.startsWith("felix.") || key.equals(RANKING);
			if (ours && !Objects.deepEquals(rest.remove(key), present.get(key))) {
				return false;
			}
		}
		return rest.isEmpty();
	}

	private static Map<String, Integer> ranking(List<Entry> entries, Map<String, Applied.Memory> before) {
		Map<String, Integer> given = new HashMap<>();
		before.forEach((pid, memory) -> {
			if (memory.ranking() != null) {
				given.put(pid, memory.ranking());
			}
		});
		Map<String, Integer> ranking = new HashMap<>();
		for (String section : List.of("services", "rules")) {
			List<String> order = entries.stream().filter(entry -> entry.ordered() && entry.section().equals(section)).map(Entry::pid).toList();
			ranking.putAll(Ranking.of(order, given));
		}
		return ranking;
	}

	private static String digest(Entry entry) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(entry.canonical().getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash, 0, 12);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The gateway's configurations, by PID. */
	Map<String, Configuration> present() throws IOException {
		return list("(service.pid=proxy.*)");
	}

	private Map<String, Configuration> list(String filter) throws IOException {
		try {
			Configuration[] all = admin.listConfigurations(filter);
			Map<String, Configuration> byPid = new HashMap<>();
			for (Configuration configuration : all == null ? new Configuration[0] : all) {
				byPid.put(configuration.getPid(), configuration);
			}
			return byPid;
		} catch (InvalidSyntaxException e) {
			throw new IllegalStateException(e);
		}
	}
}
