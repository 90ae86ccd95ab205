package proxy.rules.lists;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import proxy.rules.value.Ip;
import proxy.rules.value.Type;

/** What a list's file holds: elements of one type, of which some count only until a point in time. */
final class ListEntries {

	/** The end of what has none, in milliseconds since 1970 as all ends. */
	static final long NEVER = Long.MAX_VALUE;

	private final Type type;
	private final PackedIps ips = new PackedIps();
	private final List<String> texts = new ArrayList<>();
	private long[] numbers = new long[16];
	private int size;
	/** The end of each entry; null while none has one. */
	private long[] ends;

	private long lastTimeAsComment = Long.MIN_VALUE;

	ListEntries(Type type) {
		this.type = type;
	}

	Type type() {
		return type;
	}

	void add(Ip ip) {
		ips.add(ip);
		size++;
	}

	void add(String text) {
		texts.add(text);
		size++;
	}

	void add(long number) {
		numbers = size < numbers.length ? numbers : Arrays.copyOf(numbers, 2 * size);
		numbers[size++] = number;
	}

	/** Says until when the entry added last counts. */
	void end(long millis) {
		int room = ends == null ? 0 : ends.length;
		if (size > room) {
			ends = ends == null ? new long[Math.max(16, size)] : Arrays.copyOf(ends, 2 * size);
			Arrays.fill(ends, room, ends.length, NEVER);
		}
		ends[size - 1] = millis;
	}

	/** The comment of an entry is a time. */
	void timeAsComment(long millis) {
		lastTimeAsComment = Math.max(lastTimeAsComment, millis);
	}

	/** Whether an entry has a time that is still to come for its comment, which hardly anybody means. */
	boolean hasEndAsComment(long now) {
		return lastTimeAsComment > now;
	}

	/** The first end after the time, or {@link #NEVER}. */
	long nextEnd(long now) {
		return ends == null ? NEVER : Arrays.stream(ends).filter(end -> end > now).min().orElse(NEVER);
	}

	/** What counts at the time. */
	ListContent at(long now) {
		IntPredicate counts = i -> ends == null || i >= ends.length || ends[i] > now;
		switch (type) {
			case IP:
				return new IpList(ends == null ? ips : chosen(counts));
			case INT:
				return new IntList(IntStream.range(0, size).filter(counts).mapToLong(i -> numbers[i]).toArray());
			default:
				return new TextList(IntStream.range(0, size).filter(counts).mapToObj(texts::get).toList());
		}
	}

	private PackedIps chosen(IntPredicate counts) {
		PackedIps chosen = new PackedIps();
		for (int i = 0; i < size; i++) {
			if (counts.test(i)) {
				chosen.add(ips.get(i));
			}
		}
		return chosen;
	}
}
