package proxy.rules.node;

import proxy.api.rule.RequestFacts;
import proxy.rules.value.Type;

/** A value that no request changes. */
public final class Constant {

	private Constant() {}

	public static Node of(Object value) {
		if (value instanceof Boolean is) {
			return new OfBool(is);
		} else if (value instanceof Long number) {
			return new OfInt(number);
		} else if (value instanceof String text) {
			return new OfText(text);
		}
		return new OfValue(Type.of(value), value);
	}

	/** The value of a node that {@link Node#isConstant() is constant}. */
	public static Object value(Node node) {
		return node.value(null, null);
	}

	private record OfBool(boolean is) implements BoolNode {

		@Override
		public boolean test(RequestFacts facts, Object[] locals) {
			return is;
		}

		@Override
		public boolean isConstant() {
			return true;
		}
	}

	private record OfInt(long number) implements IntNode {

		@Override
		public long number(RequestFacts facts, Object[] locals) {
			return number;
		}

		@Override
		public boolean isConstant() {
			return true;
		}
	}

	private record OfText(String text) implements TextNode {

		@Override
		public String text(RequestFacts facts, Object[] locals) {
			return text;
		}

		@Override
		public boolean isConstant() {
			return true;
		}
	}

	private record OfValue(Type type, Object value) implements Node {

		@Override
		public Object value(RequestFacts facts, Object[] locals) {
			return value;
		}

		@Override
		public boolean isConstant() {
			return true;
		}
	}
}
