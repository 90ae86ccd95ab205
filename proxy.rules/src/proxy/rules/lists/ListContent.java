package proxy.rules.lists;

import java.net.InetAddress;
import java.util.List;
import proxy.rules.value.Type;

/** What a list holds. Immutable. */
public interface ListContent {

	/** Of all elements. */
	Type type();

	/** In the order of the file. */
	List<?> elements();

	default boolean has(String text) {
		return false;
	}

	default boolean has(long number) {
		return false;
	}

	/** Whether the address is an element, or in a network that is one. */
	default boolean has(InetAddress address) {
		return false;
	}

	/** Whether the value, of whatever type, is an element; or, for one address, in a network that is one. */
	boolean has(Object value);
}
