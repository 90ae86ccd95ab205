package proxy.rules.value;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** What kind of value an expression gives; ANY when only a request shows. */
public enum Type {
	BOOL("Bool"),
	INT("Int"),
	FLOAT("Float"),
	STRING("String"),
	BYTES("Bytes"),
	LIST("List"),
	MAP("Map"),
	NULL("Null"),
	DURATION("Duration"),
	TIMESTAMP("Timestamp"),
	REGEX("Regex"),
	IP("Ip"),
	ANY("Any");

	private final String text;

	Type(String text) {
		this.text = text;
	}

	public static Type of(Object value) {
		if (value == null) {
			return NULL;
		} else if (value instanceof String) {
			return STRING;
		} else if (value instanceof Boolean) {
			return BOOL;
		} else if (value instanceof Long) {
			return INT;
		} else if (value instanceof Ip) {
			return IP;
		} else if (value instanceof List) {
			return LIST;
		} else if (value instanceof Map) {
			return MAP;
		} else if (value instanceof Double) {
			return FLOAT;
		} else if (value instanceof Bytes) {
			return BYTES;
		} else if (value instanceof Regex) {
			return REGEX;
		} else if (value instanceof Duration) {
			return DURATION;
		} else if (value instanceof OffsetDateTime) {
			return TIMESTAMP;
		}
		throw new IllegalArgumentException("no value of the language: " + value.getClass());
	}

	/** Whether a value of this type may turn out to be one of the other. */
	public boolean mayBe(Type other) {
		return this == other || this == ANY || other == ANY;
	}

	public boolean isNumber() {
		return this == INT || this == FLOAT;
	}

	/** With its article, for messages: "an Int". */
	public String one() {
		if (this == NULL || this == BYTES) {
			return this == NULL ? "null" : text;
		}
		return (this == INT || this == IP || this == ANY ? "an " : "a ") + text;
	}

	@Override
	public String toString() {
		return text;
	}
}
