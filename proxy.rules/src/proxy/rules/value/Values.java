package proxy.rules.value;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import proxy.api.rule.EvaluationException;

/** Equality and order. */
public final class Values {

	private Values() {}

	/** Values of different types are not equal, but 1 and 1.0 are; lists and maps are equal when their elements are. */
	public static boolean equal(Object a, Object b) {
		if (a instanceof Number left && b instanceof Number right) {
			return a instanceof Long && b instanceof Long
					? left.longValue() == right.longValue()
					: left.doubleValue() == right.doubleValue();
		} else if (a instanceof OffsetDateTime left && b instanceof OffsetDateTime right) {
			return left.isEqual(right);
		} else if (a instanceof List<?> left && b instanceof List<?> right) {
			return equal(left, right);
		} else if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
			return equal(left, right);
		}
		return Objects.equals(a, b) && !(a instanceof Regex);
	}

	private static boolean equal(List<?> a, List<?> b) {
		if (a.size() != b.size()) {
			return false;
		}
		for (int i = 0; i < a.size(); i++) {
			if (!equal(a.get(i), b.get(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean equal(Map<?, ?> a, Map<?, ?> b) {
		return a.size() == b.size()
				&& a.entrySet().stream()
						.allMatch(entry -> b.containsKey(entry.getKey()) && equal(entry.getValue(), b.get(entry.getKey())));
	}

	/** Negative, zero or positive, as {@code a} comes before, with or behind {@code b}. */
	public static int compare(Object a, Object b) {
		if (a instanceof Long left && b instanceof Long right) {
			return Long.compare(left, right);
		} else if (a instanceof Number left && b instanceof Number right) {
			return compare(left.doubleValue(), right.doubleValue());
		} else if (a instanceof String left && b instanceof String right) {
			return compare(left, right);
		} else if (a instanceof OffsetDateTime left && b instanceof OffsetDateTime right) {
			return left.toInstant().compareTo(right.toInstant());
		} else if (a == null && b == null) {
			return 0;
		} else if (a != null && b != null && a.getClass() == b.getClass() && isOrdered(Type.of(a))) {
			@SuppressWarnings("unchecked")
			Comparable<Object> left = (Comparable<Object>) a;
			return left.compareTo(b);
		}
		throw new EvaluationException(Text.shown(a) + " and " + Text.shown(b) + " cannot be compared");
	}

	private static int compare(double a, double b) {
		if (Double.isNaN(a) || Double.isNaN(b)) {
			throw new EvaluationException(Text.shown(a) + " and " + Text.shown(b) + " cannot be compared");
		}
		return a < b ? -1 : a > b ? 1 : 0;
	}

	/** By code point, which is also the order of the octets in UTF-8. */
	public static int compare(String a, String b) {
		int length = Math.min(a.length(), b.length());
		for (int i = 0; i < length; i++) {
			char left = a.charAt(i);
			char right = b.charAt(i);
			if (left != right) {
				boolean surrogates = Character.isSurrogate(left) != Character.isSurrogate(right);
				return surrogates ? (Character.isSurrogate(left) ? 1 : -1) : left - right;
			}
		}
		return a.length() - b.length();
	}

	/** Whether values of the type can be put in order at all. */
	public static boolean isOrdered(Type type) {
		switch (type) {
			case LIST:
			case MAP:
			case BYTES:
			case REGEX:
				return false;
			default:
				return true;
		}
	}
}
