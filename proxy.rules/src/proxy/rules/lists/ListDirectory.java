package proxy.rules.lists;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;

/** The slots of all lists, by name; those that nobody uses are forgotten. Any thread. */
@Component(service = ListDirectory.class)
public final class ListDirectory {

	private final Map<String, WeakReference<ListSlot>> slots = new ConcurrentHashMap<>();

	/** The list's slot, loaded or not; a list that is not there yet may come. */
	public ListSlot slot(String name) {
		ListSlot[] slot = new ListSlot[1];
		slots.compute(name, (key, known) -> {
			slot[0] = known == null ? null : known.get();
			if (slot[0] != null) {
				return known;
			}
			slot[0] = new ListSlot(name);
			return new WeakReference<>(slot[0]);
		});
		return slot[0];
	}

	/** The content of a list, or null when it is not loaded. */
	public ListContent find(String name) {
		WeakReference<ListSlot> known = slots.get(name);
		ListSlot slot = known == null ? null : known.get();
		return slot == null || !slot.isLoaded() ? null : slot.content();
	}

	/** The names of the lists that are loaded, in alphabetical order. */
	public List<String> names() {
		return slots.keySet().stream().filter(name -> find(name) != null).sorted().toList();
	}
}
