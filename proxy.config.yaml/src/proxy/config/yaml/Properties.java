package proxy.config.yaml;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import proxy.config.yaml.Value.Fields;
import proxy.config.yaml.Value.Items;
import proxy.config.yaml.Value.Scalar;

/**
 * Makes a mapping of the file into typed ConfigurationAdmin properties. Nested mappings join their keys: {@code not_found:
 * {file: x}} is {@code not.found.file}. Without metatype the types are those that the text suggests.
 */
final class Properties {

	private final Findings findings;
	private final ObjectClass type;
	private final Map<String, Object> properties = new LinkedHashMap<>();

	/** @param type what the settings may be, or null when no installed bundle says */
	Properties(ObjectClass type, Findings findings) {
		this.type = type;
		this.findings = findings;
	}

	Map<String, Object> read(Fields fields, String path) {
		below(fields, path, "");
		return properties;
	}

	/** Says which settings should have been there. */
	void missing(Fields fields, String path) {
		if (type != null) {
			type.attributes().values().stream()
					.filter(attribute -> attribute.forPeople() && attribute.required() && !attribute.many() && attribute.defaults().isEmpty())
					.filter(attribute -> !properties.containsKey(attribute.id()))
					.forEach(attribute -> findings.missing(fields.at(), path + "." + attribute.key(), attribute.description()));
		}
	}

	private void below(Fields fields, String path, String prefix) {
		fields.fields().forEach((key, field) -> {
			String id = prefix + Attribute.id(key);
			Attribute attribute = attribute(prefix + key, id);
			String at = path + "." + key;
			if (attribute != null) {
				put(attribute, field.value(), at);
			} else if (field.value() instanceof Fields deeper && (type == null || !type.keys(id + ".").isEmpty())) {
				below(deeper, at, id + ".");
			} else if (type == null) {
				Object value = guess(field.value());
				if (value != null) {
					properties.put(id, value);
				}
			} else {
				findings.unknownKey(field.at(), at, key, type.keys(prefix));
			}
		});
	}

	private Attribute attribute(String key, String id) {
		Attribute attribute = type == null ? null : type.attribute(id);
		if (attribute == null && type != null) {
			attribute = type.attribute(key);
		}
		return attribute == null || !attribute.forPeople() ? null : attribute;
	}

	private void put(Attribute attribute, Value value, String path) {
		if (value instanceof Value.Nothing) {
			return;
		}
		List<Object> converted = new ArrayList<>();
		if (attribute.many() && value instanceof Items list) {
			for (Value item : list.items()) {
				one(attribute, item, path + "[" + converted.size() + "]", converted);
			}
		} else {
			one(attribute, value, path, converted);
		}
		if (attribute.many()) {
			properties.put(attribute.id(), array(attribute.type(), converted));
		} else if (!converted.isEmpty()) {
			properties.put(attribute.id(), converted.get(0));
		}
	}

	private void one(Attribute attribute, Value value, String path, List<Object> converted) {
		if (!(value instanceof Scalar scalar)) {
			boolean wholeList = attribute.many() && !path.endsWith("]");
			String wanted = wholeList ? "a list of " + plural(attribute) : expected(attribute);
			findings.error(value.at(), path, "expected " + wanted + ", found " + value.kind());
			return;
		}
		try {
			Object result = convert(attribute.type(), scalar.text().strip());
			if (limits(attribute, scalar, path)) {
				converted.add(result);
			}
		} catch (IllegalArgumentException e) {
			findings.error(scalar.at(), path, "expected " + expected(attribute) + ", found '" + scalar.text() + "'");
		}
	}

	private boolean limits(Attribute attribute, Scalar scalar, String path) {
		String text = scalar.text().strip();
		List<String> options = attribute.options().stream().map(Attribute.Option::value).toList();
		if (!options.isEmpty() && !options.contains(text)) {
			String hint = Spelling.closest(text, options).map(meant -> ", did you mean '" + meant + "'?").orElse("");
			findings.error(scalar.at(), path, "'" + text + "' is not one of " + String.join(", ", options) + hint);
			return false;
		}
		if (isNumber(attribute.type())) {
			BigDecimal number = new BigDecimal(text);
			if (attribute.min() != null && number.compareTo(new BigDecimal(attribute.min())) < 0
					|| attribute.max() != null && number.compareTo(new BigDecimal(attribute.max())) > 0) {
				findings.error(scalar.at(), path, "must be " + range(attribute) + ", found " + text);
				return false;
			}
		}
		return true;
	}

	private static String range(Attribute attribute) {
		if (attribute.max() == null) {
			return attribute.min() + " or more";
		}
		return attribute.min() == null ? attribute.max() + " or less" : "from " + attribute.min() + " to " + attribute.max();
	}

	private static Object convert(String type, String text) {
		return switch (type) {
			case "Integer" -> Integer.valueOf(text);
			case "Long" -> Long.valueOf(text);
			case "Short" -> Short.valueOf(text);
			case "Byte" -> Byte.valueOf(text);
			case "Double" -> Double.valueOf(new BigDecimal(text).doubleValue());
			case "Float" -> Float.valueOf(new BigDecimal(text).floatValue());
			case "Boolean" -> bool(text);
			default -> text;
		};
	}

	private static Boolean bool(String text) {
		if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
			return Boolean.valueOf(text);
		}
		throw new IllegalArgumentException(text);
	}

	private static Object array(String type, List<Object> values) {
		Class<?> component = switch (type) {
			case "Integer" -> Integer.class;
			case "Long" -> Long.class;
			case "Short" -> Short.class;
			case "Byte" -> Byte.class;
			case "Double" -> Double.class;
			case "Float" -> Float.class;
			case "Boolean" -> Boolean.class;
			default -> String.class;
		};
		return values.toArray((Object[]) Array.newInstance(component, 0));
	}

	private static Object guess(Value value) {
		if (value instanceof Items list) {
			return list.items().stream().filter(Scalar.class::isInstance).map(item -> ((Scalar) item).text()).toArray(String[]::new);
		}
		if (!(value instanceof Scalar scalar)) {
			return null;
		}
		if (!scalar.plain()) {
			return scalar.text();
		}
		for (String type : List.of("Boolean", "Integer", "Long", "Double")) {
			try {
				return convert(type, scalar.text());
			} catch (IllegalArgumentException e) {
				continue;
			}
		}
		return scalar.text();
	}

	private static boolean isNumber(String type) {
		return !type.equals("String") && !type.equals("Boolean") && !type.equals("Password") && !type.equals("Character");
	}

	private static String expected(Attribute attribute) {
		if (attribute.type().equals("Boolean")) {
			return "true or false";
		}
		if (!isNumber(attribute.type())) {
			return "text";
		}
		String unit = attribute.id().endsWith(".ms") ? " of milliseconds"
				: attribute.id().endsWith(".s") || attribute.id().endsWith(".seconds") ? " of seconds"
				: attribute.id().endsWith(".bytes") ? " of bytes" : "";
		return (attribute.type().equals("Double") || attribute.type().equals("Float") ? "a number" : "a whole number") + unit;
	}

	private static String plural(Attribute attribute) {
		return attribute.type().equals("Boolean") ? "true and false" : isNumber(attribute.type()) ? "numbers" : "texts";
	}
}
