package proxy.rules.node;

import java.util.List;
import proxy.api.rule.RequestFacts;
import proxy.rules.lists.ListSlot;
import proxy.rules.value.Type;

/** A list of the configuration, as it is at the time of the evaluation. */
public record NamedListNode(ListSlot slot) implements Node {

	@Override
	public Type type() {
		return Type.LIST;
	}

	@Override
	public List<?> value(RequestFacts facts, Object[] locals) {
		return slot.content().elements();
	}

	/** Whether the element is in the list. */
	public BoolNode has(Node element) {
		if (element instanceof AddressNode address) {
			return (facts, locals) -> slot.contentFor(Type.IP).has(address.address(facts, locals));
		} else if (element instanceof TextNode text) {
			return (facts, locals) -> slot.contentFor(Type.STRING).has(text.text(facts, locals));
		} else if (element instanceof IntNode number) {
			return (facts, locals) -> slot.contentFor(Type.INT).has(number.number(facts, locals));
		}
		return (facts, locals) -> slot.content().has(element.value(facts, locals));
	}

	/** Whether the address is in a network of the list: {@code any(n, n.contains(address))} without going through it. */
	public BoolNode anyContains(AddressNode address) {
		return (facts, locals) -> slot.contentFor(Type.IP).has(address.address(facts, locals));
	}
}
