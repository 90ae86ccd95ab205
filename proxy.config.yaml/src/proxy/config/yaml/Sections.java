package proxy.config.yaml;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which PID a section of the file is for. The rule: {@code listeners.N} is {@code proxy.listener~N}, {@code tls.acme} is
 * {@code proxy.tls.acme}; what bundles are installed says which of the two shapes a section has.
 */
final class Sections {

	/** Sections whose PID is not their name: Pingoo's word, and a word that reads better at the top of a file. */
	private static final Map<String, String> PID_WORDS = Map.of("service_discovery", "discovery", "access_log", "log.access");

	/** What Pingoo's files may hold, known even while no bundle for it is installed. */
	private static final List<String> ALWAYS = List.of("listeners", "services", "rules", "lists", "tls", "service_discovery");
	private static final Set<String> ALWAYS_BELOW = Set.of("tls.acme", "service_discovery.docker");

	private final Schema schema;

	Sections(Schema schema) {
		this.schema = schema;
	}

	/** Whether it is nearly a section that maps names to entries: {@code service}. */
	static boolean lacksPlural(String section) {
		return ALWAYS.contains(section + "s");
	}

	/** The factory PID of a section that maps names to entries, or null when it is no such section. */
	String factory(String section) {
		String singular = section.endsWith("ies") ? section.substring(0, section.length() - 3) + "y"
				: section.endsWith("s") ? section.substring(0, section.length() - 1) : section;
		for (String pid : List.of("proxy." + singular, "proxy." + section, pid(section))) {
			if (schema.hasFactory(pid)) {
				return pid;
			}
		}
		return section.equals("listeners") || section.equals("rules") || section.equals("lists") ? "proxy." + singular : null;
	}

	/** The PID of a section that is an entry itself. */
	String pid(String section) {
		String word = PID_WORDS.get(section);
		if (word != null) {
			return "proxy." + word;
		}
		return schema.find("proxy." + section) != null ? "proxy." + section : "proxy." + Attribute.id(section);
	}

	boolean isEntry(String section) {
		return schema.find(pid(section)) != null;
	}

	/** Whether the section has entries below it: {@code tls}. */
	boolean isGroup(String section) {
		return !schema.below(pid(section) + ".").isEmpty() || ALWAYS_BELOW.stream().anyMatch(path -> path.startsWith(section + "."));
	}

	/** The PID of an entry below a group, or null when nothing knows it. */
	String below(String group, String key) {
		for (String pid : List.of(pid(group) + "." + key, pid(group) + "." + Attribute.id(key))) {
			if (schema.find(pid) != null) {
				return pid;
			}
		}
		return ALWAYS_BELOW.contains(group + "." + key) ? pid(group) + "." + key : null;
	}

	/** The words that may be used below a group. */
	List<String> known(String group) {
		Set<String> words = new LinkedHashSet<>(schema.below(pid(group) + "."));
		ALWAYS_BELOW.stream().filter(path -> path.startsWith(group + ".")).sorted()
				.forEach(path -> words.add(path.substring(group.length() + 1)));
		return List.copyOf(words);
	}

	/** The sections that a file may have. */
	List<String> known() {
		Set<String> words = new LinkedHashSet<>(ALWAYS);
		schema.all().forEach(type -> words.add(path(type).split("\\.")[0]));
		return List.copyOf(words);
	}

	/** Where in a file the settings of a component are: {@code listeners.NAME}, {@code services.NAME.static}, {@code tls.acme}. */
	static String path(ObjectClass type) {
		String rest = type.pid().substring("proxy.".length());
		if (rest.startsWith("service.")) {
			return "services.NAME." + rest.substring("service.".length());
		}
		for (Map.Entry<String, String> word : PID_WORDS.entrySet()) {
			if (rest.equals(word.getValue()) || rest.startsWith(word.getValue() + ".")) {
				return word.getKey() + rest.substring(word.getValue().length());
			}
		}
		return type.factory() ? rest + (rest.contains(".") ? ".NAME" : "s.NAME") : rest;
	}
}
