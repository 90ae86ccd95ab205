package proxy.rules.compile;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import proxy.api.rule.EvaluationException;
import proxy.rules.node.AddressNode;
import proxy.rules.node.BoolNode;
import proxy.rules.node.Constant;
import proxy.rules.node.IntNode;
import proxy.rules.node.LookupNode;
import proxy.rules.node.NamedListNode;
import proxy.rules.node.Node;
import proxy.rules.node.TextNode;
import proxy.rules.syntax.SourceError;
import proxy.rules.value.Bytes;
import proxy.rules.value.Ip;
import proxy.rules.value.IpSet;
import proxy.rules.value.Text;
import proxy.rules.value.Type;
import proxy.rules.value.Values;

/**
 * {@code container.contains(element)}, which is also {@code element in container}: element of a list, key of a map, part
 * of a string or of bytes, address in a network. A network in a list contains its addresses.
 */
final class Membership {

	private Membership() {}

	static BoolNode of(Node container, Node element, int at) {
		refuseImpossible(container, element, at);
		if (container instanceof LookupNode lookup) {
			return lookup.has(Coercion.text(element, lookup.name(), at));
		} else if (container instanceof NamedListNode list) {
			return list.has(element);
		} else if (container instanceof TextNode text && element instanceof TextNode part) {
			return (facts, locals) -> text.text(facts, locals).contains(part.text(facts, locals));
		} else if (container.isConstant()) {
			return inConstant(Constant.value(container), element, container);
		}
		return generic(container, element);
	}

	private static BoolNode generic(Node container, Node element) {
		return (facts, locals) -> contains(container.value(facts, locals), element.value(facts, locals));
	}

	private static BoolNode inConstant(Object container, Node element, Node node) {
		if (container instanceof Ip network && element instanceof AddressNode address) {
			return (facts, locals) -> network.contains(address.address(facts, locals));
		}
		List<?> list = container instanceof List<?> elements ? elements : List.of();
		if (element instanceof AddressNode address && allAre(Type.IP, list)) {
			IpSet set = new IpSet(list.stream().map(Ip.class::cast).toList());
			return (facts, locals) -> set.contains(address.address(facts, locals));
		}
		if (element instanceof TextNode text && allAre(Type.STRING, list)) {
			Set<Object> set = new HashSet<>(list);
			return (facts, locals) -> set.contains(text.text(facts, locals));
		} else if (element instanceof IntNode integer && allAre(Type.INT, list)) {
			long[] sorted = list.stream().mapToLong(number -> (Long) number).sorted().toArray();
			return (facts, locals) -> Arrays.binarySearch(sorted, integer.number(facts, locals)) >= 0;
		}
		return generic(node, element);
	}

	private static boolean allAre(Type type, List<?> list) {
		return !list.isEmpty() && list.stream().allMatch(element -> Type.of(element) == type);
	}

	private static void refuseImpossible(Node container, Node element, int at) {
		Type type = element.type();
		switch (container.type()) {
			case STRING:
			case BYTES:
			case IP:
				if (!type.mayBe(container.type())) {
					throw new SourceError(at, container.type().one() + " never contains " + type.one());
				}
				break;
			case MAP:
				if (!type.mayBe(Type.STRING) && !type.mayBe(Type.INT) && !type.mayBe(Type.BOOL)) {
					throw new SourceError(at, type.one() + " is never a key of a Map");
				}
				break;
			case LIST:
				if (container.isConstant()) {
					refuseImpossible((List<?>) Constant.value(container), element, at);
				}
				break;
			case ANY:
				break;
			default:
				throw new SourceError(at, container.type().one() + " contains nothing");
		}
	}

	private static void refuseImpossible(List<?> list, Node element, int at) {
		if (list.isEmpty() || list.stream().anyMatch(other -> Equality.mayBeEqual(Type.of(other), element.type()))) {
			return;
		}
		String ip = element.type() == Type.IP && list.get(0) instanceof String text
				? ", did you mean Ip(" + Text.quoted(text) + ")?"
				: "";
		throw new SourceError(at, "no element of the list is ever equal to " + element.type().one() + ip);
	}

	static boolean contains(Object container, Object element) {
		if (container instanceof List<?> list) {
			return contains(list, element);
		} else if (container instanceof Map<?, ?> map) {
			return map.containsKey(key(element));
		} else if (container instanceof String text) {
			return element instanceof String part && text.contains(part);
		} else if (container instanceof Bytes bytes) {
			return element instanceof Bytes part && bytes.octets().contains(part.octets());
		} else if (container instanceof Ip network) {
			return element instanceof Ip address && network.contains(address);
		}
		return false;
	}

	private static boolean contains(List<?> list, Object element) {
		for (Object other : list) {
			if (Values.equal(other, element)
					|| other instanceof Ip network && element instanceof Ip address && network.contains(address)) {
				return true;
			}
		}
		return false;
	}

	/** @throws EvaluationException when a map cannot have such a key */
	static Object key(Object value) {
		if (value instanceof String || value instanceof Long || value instanceof Boolean) {
			return value;
		}
		throw new EvaluationException(Text.shown(value) + " cannot be the key of a Map");
	}
}
