package proxy.core.http2;

import java.util.ArrayList;
import java.util.List;

/** The Huffman code of string literals (RFC 7541 section 5.2), decoded by four bits at a time. */
final class Huffman {

	/**
	 * The length of each symbol's code, a for 5 bits to z for 30, EOS last (RFC 7541 appendix B). The code is canonical,
	 * so the lengths are all there is to it.
	 */
	private static final String LENGTHS = "isxxxxxxxtzxxzxxxxxxxxzxxxxxxxxxbffhibdgffdgdbbbaaabbbbbbbcdkbhf"
			+ "ibccccccccccccccccccccccdcdioijbkabababbbaccbbbabcbaabccccckgjix"
			+ "prpprrrsrssssststtrstssssqrsrsstrqprrssqsrrtqrssqqrqsrssprrrsrrs"
			+ "vvporsruvvvwwvtuoqvwwvwtqqvvxwwwptpqrqqsrruuttvsvwvvwwwwwxwwwwwvz";

	private static final int EOS = 256;
	private static final int SHORTEST = 5;
	private static final int LONGEST = 30;

	/** By state and four bits: next state in the upper 16 bits, then flags, then the symbol. */
	private static final int[] STEPS;

	private static final int EMIT = 0x100;
	private static final int FAIL = 0x200;
	/** The bits since the last symbol may be padding: fewer than eight, all ones. */
	private static final int ACCEPT = 0x400;

	static {
		List<int[]> nodes = new ArrayList<>();
		nodes.add(new int[2]);
		int code = 0;
		for (int length = SHORTEST; length <= LONGEST; length++) {
			code <<= 1;
			for (int symbol = 0; symbol <= EOS; symbol++) {
				if (LENGTHS.charAt(symbol) - 'a' + SHORTEST == length) {
					insert(nodes, code++, length, symbol);
				}
			}
		}
		STEPS = new int[nodes.size() * 16];
		for (int state = 0; state < nodes.size(); state++) {
			for (int bits = 0; bits < 16; bits++) {
				STEPS[state * 16 + bits] = step(nodes, state, bits);
			}
		}
		markPadding(nodes);
	}

	private Huffman() {}

	/** A node's two children: a node's number, or the complement of a symbol. */
	private static void insert(List<int[]> nodes, int code, int length, int symbol) {
		int[] node = nodes.get(0);
		for (int bit = length - 1; bit > 0; bit--) {
			int side = code >> bit & 1;
			if (node[side] == 0) {
				node[side] = nodes.size();
				nodes.add(new int[2]);
			}
			node = nodes.get(node[side]);
		}
		node[code & 1] = ~symbol;
	}

	private static int step(List<int[]> nodes, int state, int bits) {
		int node = state;
		int symbol = 0;
		for (int bit = 3; bit >= 0; bit--) {
			int next = nodes.get(node)[bits >> bit & 1];
			if (next < 0) {
				if (~next == EOS) {
					return FAIL;
				}
				symbol = EMIT | ~next;
				next = 0;
			}
			node = next;
		}
		return node << 16 | symbol;
	}

	private static void markPadding(List<int[]> nodes) {
		boolean[] padding = new boolean[nodes.size()];
		int node = 0;
		for (int ones = 0; ones < 8; ones++) {
			padding[node] = true;
			node = nodes.get(node)[1];
		}
		for (int i = 0; i < STEPS.length; i++) {
			if ((STEPS[i] & FAIL) == 0 && padding[STEPS[i] >>> 16]) {
				STEPS[i] |= ACCEPT;
			}
		}
	}

	/** The most octets that so many may decode to. */
	static int decodedLimit(int encoded) {
		return encoded * 8 / SHORTEST;
	}

	/**
	 * Decodes to the target from the offset on.
	 *
	 * @return the offset behind what was written
	 */
	static int decode(byte[] source, int start, int end, byte[] target, int to) throws Http2Exception {
		int at = to;
		int step = ACCEPT;
		for (int i = start; i < end; i++) {
			int octet = source[i];
			step = STEPS[(step >>> 16) * 16 + (octet >> 4 & 0xF)];
			if ((step & EMIT) != 0) {
				target[at++] = (byte) step;
			}
			if ((step & FAIL) != 0) {
				throw Http2Exception.compression("EOS in a Huffman string");
			}
			step = STEPS[(step >>> 16) * 16 + (octet & 0xF)];
			if ((step & EMIT) != 0) {
				target[at++] = (byte) step;
			}
			if ((step & FAIL) != 0) {
				throw Http2Exception.compression("EOS in a Huffman string");
			}
		}
		if ((step & ACCEPT) == 0) {
			throw Http2Exception.compression("wrong padding of a Huffman string");
		}
		return at;
	}
}
