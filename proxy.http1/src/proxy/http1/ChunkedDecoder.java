package proxy.http1;

import java.nio.ByteBuffer;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;

/** Takes the chunked coding off (RFC 9112 section 7.1), as the octets come. Reusable after {@link #reset}. */
public final class ChunkedDecoder {

	/** Chunks of 4 GiB and more are not from this world. */
	private static final int MAX_SIZE_DIGITS = 8;

	private static final int MAX_LINE = 4096;
	private static final int MAX_TRAILERS = 16 * 1024;
	/** Extensions that outweigh the data are an attack; nobody uses any. */
	private static final int MAX_EXTENSIONS = 16 * 1024;

	/** Data of a chunk up to this is moved up to those before it: a copy is cheaper than passing it on by itself. */
	private static final int MOVED = 16 * 1024;

	private enum State {
		SIZE,
		EXTENSION,
		SIZE_LF,
		DATA,
		DATA_CR,
		DATA_LF,
		TRAILERS,
		END
	}

	private State state = State.SIZE;
	private long size;
	private int digits;
	private int line;
	private int extensions;
	private boolean quoted;
	private boolean escaped;
	private final FieldSection trailers = new FieldSection(new byte[64]);
	private int trailerOctets;

	public void reset() {
		state = State.SIZE;
		size = 0;
		digits = 0;
		line = 0;
		extensions = 0;
		quoted = false;
		escaped = false;
		trailerOctets = 0;
		trailers.clear();
	}

	/** Whether the last chunk and the trailer section have been read. */
	public boolean ended() {
		return state == State.END;
	}

	/** The trailer section, once {@link #ended}. */
	public FieldSection trailers() {
		return trailers;
	}

	/**
	 * Reads on.
	 *
	 * @param source octets as received, which are written over as they are read; what is left in it at the end of the content is
	 *     not the content's
	 * @return the next piece of content, a slice of the source to be used before the next call, of as many chunks as are small;
	 *     null when the source has no more of it
	 */
	public ByteBuffer next(ByteBuffer source) throws MessageException {
		int start = -1;
		int end = -1;
		while (state != State.END && source.hasRemaining()) {
			switch (state) {
				case SIZE -> size(source.get());
				case EXTENSION -> extension(source.get());
				case SIZE_LF -> sizeEnd(source.get());
				case DATA -> {
					int length = (int) Math.min(size, source.remaining());
					if (start < 0) {
						start = source.position();
						end = start;
					} else if (length > MOVED) {
						return source.slice(start, end - start);
					}
					data(source, end, length);
					end += length;
				}
				case DATA_CR -> expect(source.get(), '\r', State.DATA_LF);
				case DATA_LF -> {
					expect(source.get(), '\n', State.SIZE);
					size = 0;
					digits = 0;
					line = 0;
				}
				case TRAILERS -> trailers(source);
				default -> throw new IllegalStateException(state.name());
			}
		}
		return start < 0 ? null : source.slice(start, end - start);
	}

	private void size(byte octet) throws MessageException {
		int digit = Octets.hex(octet);
		if (digit >= 0) {
			if (++digits > MAX_SIZE_DIGITS) {
				throw MessageException.bad("chunk size too large");
			}
			size = size << 4 | digit;
			return;
		}
		if (digits == 0) {
			throw MessageException.bad("not a chunk size");
		}
		if (octet == '\r') {
			state = State.SIZE_LF;
		} else if (octet == ';') {
			state = State.EXTENSION;
		} else {
			throw MessageException.bad("not a chunk size");
		}
	}

	/** Ignored, but read with its quoting, so that a line end inside quotes cannot pass for one outside. */
	private void extension(byte octet) throws MessageException {
		if (octet == '\r' && !quoted) {
			state = State.SIZE_LF;
		} else if (!Octets.isValue(octet)) {
			throw MessageException.bad("not a chunk extension");
		} else if (++line > MAX_LINE || ++extensions > MAX_EXTENSIONS) {
			throw MessageException.bad("chunk extensions too long");
		} else if (quoted && !escaped && octet == '\\') {
			escaped = true;
		} else {
			quoted ^= octet == '"' && !escaped;
			escaped = false;
		}
	}

	private void sizeEnd(byte octet) throws MessageException {
		expect(octet, '\n', size == 0 ? State.TRAILERS : State.DATA);
	}

	private void expect(byte octet, char wanted, State next) throws MessageException {
		if (octet != wanted) {
			throw MessageException.bad("chunk not ended by CRLF");
		}
		state = next;
	}

	private void data(ByteBuffer source, int to, int length) {
		if (to != source.position()) {
			source.put(to, source, source.position(), length);
		}
		source.position(source.position() + length);
		size -= length;
		if (size == 0) {
			state = State.DATA_CR;
		}
	}

	private void trailers(ByteBuffer source) throws MessageException {
		while (source.hasRemaining()) {
			if (trailerOctets == MAX_TRAILERS) {
				throw new MessageException(Failure.HEAD_TOO_LARGE, "trailer section too large");
			}
			trailers.clear(trailerOctets);
			trailers.reserve(1)[trailerOctets++] = source.get();
			byte[] bytes = trailers.bytes();
			if (bytes[trailerOctets - 1] == '\n' && endOfSection(bytes, trailerOctets)) {
				trailers.clear(trailerOctets);
				FieldParser.parse(trailers, 0, trailerOctets);
				state = State.END;
				return;
			}
		}
	}

	private static boolean endOfSection(byte[] bytes, int end) throws MessageException {
		if (end >= 2 && bytes[end - 2] != '\r') {
			throw MessageException.bad("LF without CR in the trailer section");
		}
		return end == 2 || end >= 4 && bytes[end - 3] == '\n';
	}
}
