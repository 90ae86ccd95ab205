package proxy.geoip;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import proxy.api.rule.FactProvider;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** All databases of the configuration. For one thread but for {@link #lookup} and {@link #summary}. */
final class Databases implements FactProvider {

	static final String SETTING = "geoip.files";

	private final GatewayRuntime runtime;
	private final Map<Database, String> damages = new ConcurrentHashMap<>();
	private List<DatabaseFile> files = List.of();
	private volatile List<Database> inForce = List.of();
	private Map<String, String> told = Map.of();
	private volatile Knowledge knowledge = new Knowledge(List.of(), damages::putIfAbsent);

	Databases(GatewayRuntime runtime) {
		this.runtime = runtime;
	}

	/**
	 * Says which files are to be looked at from now on.
	 *
	 * @param configured each a database
	 * @param places of which the first where there is a file is the database when none is configured
	 */
	void use(List<Path> configured, List<Path> places) {
		List<DatabaseFile> next = new ArrayList<>();
		for (Path path : configured) {
			next.add(file(List.of(path), next.size()));
		}
		if (configured.isEmpty() && !places.isEmpty()) {
			next.add(file(places, -1));
		}
		files = next;
		tell(Map.of());
	}

	/** @param number of a file that has to be there; what was in force in its place is until it has been read */
	private DatabaseFile file(List<Path> places, int number) {
		for (DatabaseFile file : files) {
			if (file.places().equals(places)) {
				return file;
			}
		}
		return new DatabaseFile(places, number >= 0, number >= 0 && number < files.size() ? files.get(number).database() : null);
	}

	/** Looks at all files; returns whether anything is known now. */
	boolean look() {
		files.forEach(DatabaseFile::look);
		List<Database> next = files.stream().map(DatabaseFile::database).filter(Objects::nonNull).toList();
		if (!next.equals(inForce)) {
			inForce = next;
			damages.keySet().retainAll(next);
			knowledge = new Knowledge(next, damages::putIfAbsent);
		}
		Map<String, String> reasons = new HashMap<>();
		for (int i = 0; i < files.size(); i++) {
			DatabaseFile file = files.get(i);
			String damage = file.database() == null ? null : damages.get(file.database());
			String reason = file.trouble() != null || damage == null ? file.trouble() : file.places().get(0) + ": " + damage;
			if (reason != null) {
				reasons.put(files.size() == 1 ? SETTING : SETTING + "[" + i + "]", reason);
			}
		}
		tell(reasons);
		return !inForce.isEmpty();
	}

	private void tell(Map<String, String> reasons) {
		told.keySet().stream().filter(setting -> !reasons.containsKey(setting)).forEach(runtime::clear);
		reasons.forEach((setting, reason) -> {
			if (!reason.equals(told.get(setting))) {
				runtime.report(new Problem(setting, reason));
			}
		});
		told = reasons;
	}

	/** What is in force, for people: {@code GeoLite2-Country of 2026-01-31}. */
	String summary() {
		List<Database> now = inForce;
		return now.isEmpty() ? "no database, countries are not known" : now.stream().map(Database::toString).collect(Collectors.joining(", "));
	}

	@Override
	public ClientFacts lookup(InetAddress address) {
		return knowledge.lookup(address);
	}
}
