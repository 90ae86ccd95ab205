package proxy.core.http2;

import proxy.api.http.FieldSection;

/** Field blocks of one connection (RFC 7541 section 3), octet for octet. */
final class HpackDecoder {

	/** Integers beyond this have no meaning here: nothing is as long, and no table as large. */
	private static final int MAX_INTEGER = 1 << 24;

	private final DynamicTable table = new DynamicTable();
	private byte[] block;
	private int at;
	private int end;

	/** Decodes a whole block; its fields are told in order. */
	void decode(byte[] octets, int length, HeadBlock to) throws Http2Exception {
		block = octets;
		at = 0;
		end = length;
		boolean mayResize = true;
		while (at < end) {
			int first = block[at];
			if (first < 0) {
				indexed(integer(7), to);
			} else if ((first & 0x40) != 0) {
				literal(integer(6), true, to);
			} else if ((first & 0x20) != 0) {
				resize(integer(5), mayResize);
				continue;
			} else {
				literal(integer(4), false, to);
			}
			mayResize = false;
		}
		block = null;
	}

	private void resize(int size, boolean allowed) throws Http2Exception {
		if (!allowed || size > DynamicTable.MAX_OCTETS) {
			throw Http2Exception.compression("dynamic table size update out of place");
		}
		table.limit(size);
	}

	private void indexed(int index, HeadBlock to) throws Http2Exception {
		byte[] entry = octets(index);
		int nameLength = nameLength(index);
		if (to.takes(nameLength, entry.length - nameLength)) {
			FieldSection fields = to.fields();
			int start = fields.used();
			System.arraycopy(entry, 0, fields.reserve(entry.length), start, entry.length);
			to.field(start, nameLength, entry.length);
		}
	}

	private void literal(int nameIndex, boolean indexing, HeadBlock to) throws Http2Exception {
		FieldSection fields = to.fields();
		int start = fields.used();
		int nameEnd;
		if (nameIndex == 0) {
			nameEnd = string(fields, start);
		} else {
			byte[] entry = octets(nameIndex);
			int length = nameLength(nameIndex);
			System.arraycopy(entry, 0, fields.reserve(length), start, length);
			nameEnd = start + length;
		}
		int valueEnd = string(fields, nameEnd);
		if (indexing) {
			table.add(fields.bytes(), start, nameEnd - start, valueEnd);
		}
		if (to.takes(nameEnd - start, valueEnd - nameEnd)) {
			to.field(start, nameEnd - start, valueEnd - start);
		}
	}

	/** A string literal (RFC 7541 section 5.2), written behind what is in use; the offset behind it. */
	private int string(FieldSection fields, int to) throws Http2Exception {
		if (at >= end) {
			throw truncated();
		}
		boolean huffman = block[at] < 0;
		int length = integer(7);
		if (length > end - at) {
			throw truncated();
		}
		int from = at;
		at += length;
		int before = to - fields.used();
		if (huffman) {
			byte[] target = fields.reserve(before + Huffman.decodedLimit(length));
			return Huffman.decode(block, from, from + length, target, to);
		}
		System.arraycopy(block, from, fields.reserve(before + length), to, length);
		return to + length;
	}

	/** RFC 7541 section 5.1. */
	private int integer(int prefixBits) throws Http2Exception {
		int max = (1 << prefixBits) - 1;
		int value = block[at++] & max;
		if (value < max) {
			return value;
		}
		for (int shift = 0; at < end && shift <= 21; shift += 7) {
			int octet = block[at++];
			value += (octet & 0x7F) << shift;
			if (octet >= 0) {
				if (value > MAX_INTEGER) {
					break;
				}
				return value;
			}
		}
		throw Http2Exception.compression("integer too large or cut off");
	}

	private byte[] octets(int index) throws Http2Exception {
		if (index >= 1 && index <= StaticTable.SIZE) {
			return StaticTable.octets(index);
		}
		int entry = index - StaticTable.SIZE - 1;
		if (index == 0 || entry >= table.count()) {
			throw Http2Exception.compression("no such table entry");
		}
		return table.octets(entry);
	}

	private int nameLength(int index) {
		return index <= StaticTable.SIZE
				? StaticTable.nameLength(index)
				: table.nameLength(index - StaticTable.SIZE - 1);
	}

	private static Http2Exception truncated() {
		return Http2Exception.compression("field block cut off");
	}
}
