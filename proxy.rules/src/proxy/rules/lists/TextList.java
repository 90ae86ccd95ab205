package proxy.rules.lists;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import proxy.rules.value.Type;

/** Strings. */
final class TextList implements ListContent {

	private final List<String> elements;
	private final Set<String> set;

	TextList(List<String> elements) {
		this.elements = List.copyOf(elements);
		set = new HashSet<>(elements);
	}

	@Override
	public Type type() {
		return Type.STRING;
	}

	@Override
	public List<String> elements() {
		return elements;
	}

	@Override
	public boolean has(String text) {
		return set.contains(text);
	}

	@Override
	public boolean has(Object value) {
		return value instanceof String && set.contains(value);
	}
}
