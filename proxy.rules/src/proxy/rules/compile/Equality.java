package proxy.rules.compile;

import java.net.InetAddress;
import proxy.rules.node.AddressNode;
import proxy.rules.node.BoolNode;
import proxy.rules.node.Constant;
import proxy.rules.node.IntNode;
import proxy.rules.node.Node;
import proxy.rules.node.TextNode;
import proxy.rules.syntax.SourceError;
import proxy.rules.value.Ip;
import proxy.rules.value.Text;
import proxy.rules.value.Type;
import proxy.rules.value.Values;

/** {@code ==} */
final class Equality {

	private Equality() {}

	static BoolNode of(Node a, Node b, int at) {
		if (a.isConstant() && !b.isConstant()) {
			return of(b, a, at);
		}
		refuseNeverEqual(a, b, at);
		if (a instanceof TextNode left && b instanceof TextNode right) {
			return text(left, right);
		} else if (a instanceof IntNode left && b instanceof IntNode right) {
			return (facts, locals) -> left.number(facts, locals) == right.number(facts, locals);
		} else if (a instanceof BoolNode left && b instanceof BoolNode right) {
			return (facts, locals) -> left.test(facts, locals) == right.test(facts, locals);
		} else if (a instanceof AddressNode left && b.isConstant() && Constant.value(b) instanceof Ip ip) {
			InetAddress address = ip.address();
			return (facts, locals) -> left.address(facts, locals).equals(address);
		}
		return (facts, locals) -> Values.equal(a.value(facts, locals), b.value(facts, locals));
	}

	private static BoolNode text(TextNode a, TextNode b) {
		if (b.isConstant()) {
			String constant = b.text(null, null);
			return (facts, locals) -> constant.equals(a.text(facts, locals));
		}
		return (facts, locals) -> a.text(facts, locals).equals(b.text(facts, locals));
	}

	/** A comparison that no request can make true is a mistake. */
	static void refuseNeverEqual(Node a, Node b, int at) {
		if (!mayBeEqual(a.type(), b.type())) {
			throw new SourceError(at, a.type().one() + " is never equal to " + b.type().one() + ipMeant(a, b));
		}
		if (a instanceof AddressNode && b.isConstant() && Constant.value(b) instanceof Ip ip && !ip.isAddress()) {
			throw new SourceError(
					at, "an address is never equal to a network, did you mean " + Text.shown(ip) + ".contains(...)?");
		}
	}

	static boolean mayBeEqual(Type a, Type b) {
		return a.mayBe(b) || a.isNumber() && b.isNumber();
	}

	private static String ipMeant(Node a, Node b) {
		return a.type() == Type.IP && b.isConstant() && Constant.value(b) instanceof String text
				? ", did you mean Ip(" + Text.quoted(text) + ")?"
				: "";
	}
}
