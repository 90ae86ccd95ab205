package proxy.rules.node;

import java.net.InetAddress;
import proxy.api.rule.RequestFacts;
import proxy.rules.value.Ip;
import proxy.rules.value.Type;

/** Gives an Ip that is one address, as the JDK has it. */
@FunctionalInterface
public interface AddressNode extends Node {

	InetAddress address(RequestFacts facts, Object[] locals);

	@Override
	default Type type() {
		return Type.IP;
	}

	@Override
	default Object value(RequestFacts facts, Object[] locals) {
		return Ip.of(address(facts, locals));
	}
}
