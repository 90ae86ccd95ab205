package proxy.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of a header or trailer section in order, as octets (RFC 9110 section 5). Names keep the case in which they
 * came, values their octets; only the white space around a value is not part of it.
 *
 * <p>Names and values are slices of one array, {@link #bytes()}, which grows at its end when fields are added. Mutable,
 * reused from message to message, for one thread.
 */
public final class FieldSection {

	private static final int STRIDE = 5;

	private byte[] bytes;
	private int used;
	private int[] index = new int[8 * STRIDE];
	private int size;

	public FieldSection() {
		this(new byte[512]);
	}

	/** Starts with the array as its storage; the array may hold other things in front. */
	public FieldSection(byte[] storage) {
		bytes = storage;
	}

	/** Forgets all fields; new ones are stored from the offset on, what is in front of it stays. */
	public void clear(int storageFrom) {
		size = 0;
		used = storageFrom;
	}

	public void clear() {
		clear(0);
	}

	/** The number of field lines. */
	public int size() {
		return size;
	}

	/** The array behind all slices; another one after a field was added beyond its capacity. */
	public byte[] bytes() {
		return bytes;
	}

	/** How much of {@link #bytes()} is in use. */
	public int used() {
		return used;
	}

	/** Makes room for this many octets behind those in use and returns the array. */
	public byte[] reserve(int more) {
		if (used + more > bytes.length) {
			bytes = Arrays.copyOf(bytes, Math.max(used + more, bytes.length * 2));
		}
		return bytes;
	}

	/** Declares octets written behind those in use (see {@link #reserve}) as in use. */
	public void advance(int count) {
		used += count;
	}

	/** Adds a field whose octets stand in {@link #bytes()} already. */
	public void addSlice(int nameStart, int nameEnd, int valueStart, int valueEnd) {
		int at = size * STRIDE;
		if (at == index.length) {
			index = Arrays.copyOf(index, at * 2);
		}
		int[] slots = index;
		slots[at] = nameStart;
		slots[at + 1] = nameEnd;
		slots[at + 2] = valueStart;
		slots[at + 3] = valueEnd;
		slots[at + 4] = Field.of(bytes, nameStart, nameEnd);
		size++;
	}

	/** Adds a field; both are written as ISO 8859-1. */
	public void add(String name, String value) {
		byte[] target = reserve(name.length() + value.length());
		int nameStart = used;
		int valueStart = nameStart + name.length();
		write(name, target, nameStart);
		write(value, target, valueStart);
		used = valueStart + value.length();
		addSlice(nameStart, valueStart, valueStart, used);
	}

	/** Adds a field of another section. */
	public void add(FieldSection other, int i) {
		int nameLength = other.nameEnd(i) - other.nameStart(i);
		int valueLength = other.valueEnd(i) - other.valueStart(i);
		byte[] target = reserve(nameLength + valueLength);
		int nameStart = used;
		System.arraycopy(other.bytes, other.nameStart(i), target, nameStart, nameLength);
		System.arraycopy(other.bytes, other.valueStart(i), target, nameStart + nameLength, valueLength);
		used += nameLength + valueLength;
		addSlice(nameStart, nameStart + nameLength, nameStart + nameLength, used);
	}

	/** Removes a line; those behind it move up. */
	public void remove(int i) {
		System.arraycopy(index, (i + 1) * STRIDE, index, i * STRIDE, (size - i - 1) * STRIDE);
		size--;
	}

	public int nameStart(int i) {
		return index[i * STRIDE];
	}

	public int nameEnd(int i) {
		return index[i * STRIDE + 1];
	}

	public int valueStart(int i) {
		return index[i * STRIDE + 2];
	}

	public int valueEnd(int i) {
		return index[i * STRIDE + 3];
	}

	/** Which known field this line is: a constant of {@link Field}. */
	public int field(int i) {
		return index[i * STRIDE + 4];
	}

	public String name(int i) {
		return string(nameStart(i), nameEnd(i));
	}

	public String value(int i) {
		return string(valueStart(i), valueEnd(i));
	}

	/** Whether the line's name is this one, in any case; the argument is lower case. */
	public boolean nameIs(int i, String lowerCase) {
		return Field.equalsIgnoreCase(bytes, nameStart(i), nameEnd(i), lowerCase);
	}

	/** Whether the line's value is this one, in any case of ASCII letters; the argument is lower case. */
	public boolean valueIs(int i, String lowerCase) {
		return Field.equalsIgnoreCase(bytes, valueStart(i), valueEnd(i), lowerCase);
	}

	/** The first line of a known field, or -1. */
	public int find(int field) {
		for (int i = 0, at = 4; i < size; i++, at += STRIDE) {
			if (index[at] == field) {
				return i;
			}
		}
		return -1;
	}

	/** The first line with the name from the given line on, or -1; the name is lower case. */
	public int find(String lowerCase, int from) {
		for (int i = from; i < size; i++) {
			if (nameIs(i, lowerCase)) {
				return i;
			}
		}
		return -1;
	}

	/** The first value of the field, or null; the name is lower case. */
	public String get(String lowerCase) {
		int i = find(lowerCase, 0);
		return i < 0 ? null : value(i);
	}

	/**
	 * Whether any line of the field has the token in its comma-separated value (RFC 9110 section 5.6.1), in any case; the
	 * token is lower case.
	 */
	public boolean hasToken(int field, String lowerCaseToken) {
		for (int i = 0; i < size; i++) {
			if (field(i) == field && listHas(valueStart(i), valueEnd(i), lowerCaseToken)) {
				return true;
			}
		}
		return false;
	}

	private boolean listHas(int start, int end, String token) {
		int from = start;
		while (from < end) {
			int comma = from;
			while (comma < end && bytes[comma] != ',') {
				comma++;
			}
			int first = from;
			int last = comma;
			while (first < last && (bytes[first] == ' ' || bytes[first] == '\t')) {
				first++;
			}
			while (last > first && (bytes[last - 1] == ' ' || bytes[last - 1] == '\t')) {
				last--;
			}
			if (Field.equalsIgnoreCase(bytes, first, last, token)) {
				return true;
			}
			from = comma + 1;
		}
		return false;
	}

	private String string(int start, int end) {
		return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
	}

	@SuppressWarnings("deprecation") // exactly what is wanted: the low octet of every character
	private static void write(String text, byte[] target, int at) {
		text.getBytes(0, text.length(), target, at);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < size; i++) {
			text.append(name(i)).append(": ").append(value(i)).append('\n');
		}
		return text.toString();
	}
}
