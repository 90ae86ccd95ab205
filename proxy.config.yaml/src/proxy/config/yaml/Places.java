package proxy.config.yaml;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import proxy.api.runtime.Problem;
import proxy.config.yaml.Value.Field;
import proxy.config.yaml.Value.Fields;
import proxy.config.yaml.Value.Items;
import proxy.config.yaml.Value.Scalar;

/** Where in a document the settings are that problems are about. */
final class Places {

	private final Map<String, Value> documents;

	/** @param documents by their names in messages */
	Places(Map<String, Value> documents) {
		this.documents = documents;
	}

	/**
	 * The value that is wrong: of a list, the item that the reason quotes. What the document does not have is missing in the
	 * mapping where it would be.
	 */
	Position of(Problem problem, Position entry) {
		Position place = entry;
		Value value = documents.get(entry.file());
		String path = plain(problem.setting());
		Optional<String> key = key(value, path);
		while (key.isPresent()) {
			Field field = ((Fields) value).fields().get(key.get());
			value = field.value();
			place = value instanceof Fields ? field.at() : value.at();
			path = path.substring(Math.min(path.length(), key.get().length() + 1));
			key = key(value, path);
		}
		return value instanceof Items list ? quoted(list, problem.reason()).orElse(place) : place;
	}

	/** The field that a path leads through, which may hold dots itself; the longest if there are several. */
	private static Optional<String> key(Value value, String path) {
		return value instanceof Fields mapping
				? mapping.fields().keySet().stream()
						.filter(key -> path.equals(plain(key)) || path.startsWith(plain(key) + "_"))
						.max(Comparator.comparingInt(String::length))
				: Optional.empty();
	}

	/** Settings with parts may be written in one word: {@code not_found: {file: x}} or {@code not_found_file: x}. */
	private static String plain(String path) {
		return path.replace('.', '_').replace('[', '_');
	}

	private static Optional<Position> quoted(Items list, String reason) {
		return list.items().stream()
				.filter(item -> item instanceof Scalar scalar && reason.contains("'" + scalar.text() + "'"))
				.map(Value::at)
				.findFirst();
	}
}
