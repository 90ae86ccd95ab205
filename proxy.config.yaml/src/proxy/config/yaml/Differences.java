package proxy.config.yaml;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.osgi.service.cm.Configuration;
import proxy.api.runtime.FileConfiguration.Difference;
import proxy.api.runtime.FileConfiguration.Kind;
import proxy.api.runtime.FileConfiguration.Setting;

/** Compares what ConfigurationAdmin has with what a file says. A setting that is not written is the same as its default. */
final class Differences {

	private final Schema schema;
	private final Map<String, Entry> entries;

	Differences(Schema schema, Reading reading) {
		this.schema = schema;
		entries = reading.entries().stream().collect(Collectors.toMap(Entry::pid, Function.identity()));
	}

	/** @param present the configurations, by PID */
	List<Difference> of(Map<String, Configuration> present) {
		List<Difference> found = new ArrayList<>();
		Set<String> pids = new HashSet<>(entries.keySet());
		pids.addAll(present.keySet());
		for (String pid : pids) {
			Entry entry = entries.get(pid);
			Configuration configuration = present.get(pid);
			String kind = configuration == null ? entry.factoryPid() : Objects.requireNonNullElse(configuration.getFactoryPid(), pid);
			ObjectClass type = schema.find(kind);
			if (type != null && configuration == null) {
				found.add(new Difference(pid, entry.path(), Kind.DELETED, List.of(), ""));
			} else if (type != null) {
				compare(pid, entry, type, configuration.getProperties(), found);
			}
		}
		found.sort(Comparator.comparing(Difference::path));
		return found;
	}

	private void compare(String pid, Entry entry, ObjectClass type, Dictionary<String, Object> present, List<Difference> found) {
		String name = Objects.toString(present.get("name"), "");
		EntryText text = new EntryText(type, entry == null || entry.name() == null ? name : entry.name());
		List<Setting> settings = new ArrayList<>();
		for (Attribute attribute : type.attributes().values()) {
			List<String> here = texts(present.get(attribute.id()), attribute);
			List<String> inFile = texts(entry == null ? null : entry.properties().get(attribute.id()), attribute);
			boolean same = here.equals(inFile);
			if (attribute.forPeople() && !here.equals(texts(null, attribute))) {
				text.put(attribute, here);
			}
			if (!same && (attribute.forPeople() || entry != null && attribute.id().equals("name"))) {
				settings.add(new Setting(attribute.key(), inFile, here));
			}
		}
		if (!settings.isEmpty() || entry == null && type.factory()) {
			Kind kind = entry == null ? Kind.ADDED : Kind.CHANGED;
			found.add(new Difference(pid, entry == null ? text.path() : entry.path(), kind, List.copyOf(settings), text.toString()));
		}
	}

	/** An empty text and an empty list are the same as none. */
	private static List<String> texts(Object value, Attribute attribute) {
		List<String> texts;
		if (value == null) {
			texts = attribute.defaults();
		} else if (value instanceof Collection<?> many) {
			texts = many.stream().map(Objects::toString).toList();
		} else if (value.getClass().isArray()) {
			texts = IntStream.range(0, Array.getLength(value)).mapToObj(i -> Objects.toString(Array.get(value, i))).toList();
		} else {
			texts = List.of(value.toString());
		}
		return texts.equals(List.of("")) ? List.of() : texts;
	}
}
