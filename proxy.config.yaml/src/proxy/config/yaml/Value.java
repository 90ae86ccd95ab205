package proxy.config.yaml;

import java.util.List;
import java.util.Map;

/** A YAML value with its place; aliases are resolved, environment variables filled in, keys unique. */
sealed interface Value {

	Position at();

	/** What the value says, the same for the same content wherever it stands and however it is written. */
	String canonical();

	/** Nothing, {@code null} or {@code ~}. */
	record Nothing(Position at) implements Value {

		@Override
		public String canonical() {
			return "~";
		}
	}

	/**
	 * @param plain whether it was written without quotes, so that {@code true} is a boolean
	 * @param source where its characters are in the file
	 */
	record Scalar(Position at, String text, boolean plain, ScalarSource source) implements Value {

		@Override
		public String canonical() {
			return text.length() + ":" + text;
		}
	}

	record Items(Position at, List<Value> items) implements Value {

		@Override
		public String canonical() {
			StringBuilder all = new StringBuilder("[");
			items.forEach(item -> all.append(item.canonical()).append(','));
			return all.append(']').toString();
		}
	}

	/** A mapping; its fields are in the order of the file. */
	record Fields(Position at, Map<String, Field> fields) implements Value {

		@Override
		public String canonical() {
			StringBuilder all = new StringBuilder("{");
			fields.forEach((key, field) ->
					all.append(key.length()).append(':').append(key).append('=').append(field.value().canonical()).append(','));
			return all.append('}').toString();
		}
	}

	/** @param at the place of the key */
	record Field(Position at, Value value) {}

	/** What it is, for people: "a mapping". */
	default String kind() {
		if (this instanceof Scalar scalar) {
			return "'" + scalar.text() + "'";
		}
		return this instanceof Items ? "a list" : this instanceof Fields ? "a mapping" : "nothing";
	}
}
