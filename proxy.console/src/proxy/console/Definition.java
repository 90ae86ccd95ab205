package proxy.console;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.osgi.service.metatype.AttributeDefinition;

/** What the metatype says about one attribute, put against a value. */
record Definition(AttributeDefinition attribute) {

	/** Why the value cannot be, or null when it can. The console stores as text what it cannot make a number of. */
	String refusal(Object value) {
		List<String> values = texts(value);
		boolean none = values.stream().allMatch(String::isBlank);
		if (none) {
			return missing();
		}
		for (String text : values) {
			String reason = refusal(text);
			if (reason != null) {
				return reason;
			}
		}
		return null;
	}

	/** An empty text is a value where the metatype's default says so; the page sends empty fields of every kind. */
	private String missing() {
		boolean text = attribute.getType() == AttributeDefinition.STRING || attribute.getType() == AttributeDefinition.PASSWORD;
		boolean emptyIsFine = attribute.getCardinality() != 0 || text && hasDefault();
		if (emptyIsFine || "".equals(attribute.validate(null))) {
			return null;
		}
		return text ? "is missing" : "needs to be " + kind();
	}

	private boolean hasDefault() {
		return attribute.getDefaultValue() != null;
	}

	private String refusal(String text) {
		if (!hasType(text.strip())) {
			return "'" + text + "' is not " + kind();
		}
		String[] options = attribute.getOptionValues();
		if (options != null && options.length > 0) {
			return Arrays.asList(options).contains(text) ? null : "'" + text + "' is none of " + String.join(", ", options);
		}
		String message = attribute.validate(attribute.getCardinality() == 0 ? text : text.replaceAll("([\\\\,])", "\\\\$1"));
		if (message == null || message.isEmpty()) {
			return null;
		}
		if (message.contains("less than minimum")) {
			return text + " is too small";
		}
		return message.contains("greater than maximum") ? text + " is too large" : "'" + text + "' is not possible";
	}

	private boolean hasType(String text) {
		try {
			switch (attribute.getType()) {
				case AttributeDefinition.INTEGER -> Integer.parseInt(text);
				case AttributeDefinition.LONG -> Long.parseLong(text);
				case AttributeDefinition.SHORT -> Short.parseShort(text);
				case AttributeDefinition.BYTE -> Byte.parseByte(text);
				case AttributeDefinition.DOUBLE -> Double.parseDouble(text);
				case AttributeDefinition.FLOAT -> Float.parseFloat(text);
				case AttributeDefinition.BOOLEAN -> {
					return text.equals("true") || text.equals("false");
				}
				case AttributeDefinition.CHARACTER -> {
					return text.length() == 1;
				}
				default -> {
					return true;
				}
			}
			return true;
		} catch (NumberFormatException notANumber) {
			return false;
		}
	}

	private String kind() {
		return switch (attribute.getType()) {
			case AttributeDefinition.INTEGER, AttributeDefinition.LONG, AttributeDefinition.SHORT, AttributeDefinition.BYTE ->
				"a whole number";
			case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> "a number";
			case AttributeDefinition.BOOLEAN -> "true or false";
			case AttributeDefinition.CHARACTER -> "one character";
			default -> "a text";
		};
	}

	/** The value's elements as texts: of a scalar itself, of nothing none. */
	static List<String> texts(Object value) {
		List<String> texts = new ArrayList<>();
		if (value instanceof Collection<?> collection) {
			collection.forEach(element -> texts.add(String.valueOf(element)));
		} else if (value != null && value.getClass().isArray()) {
			for (int i = 0; i < Array.getLength(value); i++) {
				texts.add(String.valueOf(Array.get(value, i)));
			}
		} else if (value != null) {
			texts.add(String.valueOf(value));
		}
		return texts;
	}
}
