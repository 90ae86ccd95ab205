package proxy.rules.lists;

import java.nio.file.Path;
import java.util.List;
import proxy.rules.value.Ip;
import proxy.rules.value.Type;

/** Lists without files. */
public final class TestLists {

	private TestLists() {}

	public static ListContent texts(String... elements) {
		return new TextList(List.of(elements));
	}

	public static ListContent ints(long... elements) {
		return new IntList(elements);
	}

	public static ListContent ips(String... elements) {
		PackedIps ips = new PackedIps();
		for (String element : elements) {
			ips.add(Ip.of(element));
		}
		return new IpList(ips);
	}

	public static ListContent read(Path file, Type type) {
		try {
			return CsvList.read(file, type).at(0);
		} catch (UnreadableList e) {
			throw new AssertionError(e);
		}
	}

	/** The lists that the table of expressions uses; keep what is returned, or they are forgotten. */
	public static List<ListSlot> fill(ListDirectory directory) {
		return List.of(
				slot(directory, "networks", ips("192.0.2.0/24", "10.1.2.0/24", "2001:db8::/32")),
				slot(directory, "addresses", ips("192.0.2.1", "10.1.2.3")),
				slot(directory, "hosts", texts("www.example.com", "api.example.com")),
				slot(directory, "systems", ints(64_496, 64_500)),
				slot(directory, "patterns", texts("^/v[0-9]/", "\\.php$")));
	}

	private static ListSlot slot(ListDirectory directory, String name, ListContent content) {
		ListSlot slot = directory.slot(name);
		slot.put(content);
		return slot;
	}
}
