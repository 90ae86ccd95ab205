package proxy.discovery.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** A response's content, without its framing (RFC 9112 sections 6 and 7), as it arrives. */
final class ResponseBody extends InputStream {

	private static final int LONGEST_LINE = 16 * 1024;
	private static final int MOST_FIELDS = 200;

	private final EngineConnection source;
	private final int status;
	private boolean chunked;
	private boolean untilClose = true;
	private boolean ended;
	/** Octets left of the chunk, or of the whole. */
	private long left;

	/** Reads the head. */
	ResponseBody(EngineConnection source) throws IOException {
		this.source = source;
		String start = source.line(LONGEST_LINE);
		if (!start.matches("HTTP/1\\.[01] [2-5][0-9][0-9]( .*)?")) {
			throw new IOException("the engine does not answer in HTTP/1.1");
		}
		status = Integer.parseInt(start.substring(9, 12));
		int fields = 0;
		for (String field = source.line(LONGEST_LINE); !field.isEmpty(); field = source.line(LONGEST_LINE)) {
			if (++fields > MOST_FIELDS) {
				throw new IOException("the engine's answer has more than " + MOST_FIELDS + " fields");
			}
			frame(field.toLowerCase(Locale.ROOT));
		}
		ended = status == 204 || !untilClose && !chunked && left == 0;
	}

	int status() {
		return status;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		if (chunked && left == 0 && !ended) {
			beginChunk();
		}
		if (ended || length == 0) {
			return ended ? -1 : 0;
		}
		int count = source.read(target, offset, untilClose ? length : (int) Math.min(length, left));
		if (count < 0 && untilClose) {
			ended = true;
		} else if (count < 0) {
			throw new EOFException("the engine ended the connection in the middle of its answer");
		} else if (!untilClose) {
			left -= count;
			endOfPart();
		}
		return count;
	}

	private void frame(String field) throws IOException {
		if (field.startsWith("transfer-encoding:")) {
			chunked = field.endsWith("chunked");
			untilClose = !chunked;
		} else if (field.startsWith("content-length:") && !chunked) {
			left = number(field.substring("content-length:".length()).trim(), 10);
			untilClose = false;
		}
	}

	private void beginChunk() throws IOException {
		String size = source.line(LONGEST_LINE);
		int extension = size.indexOf(';');
		left = number((extension < 0 ? size : size.substring(0, extension)).trim(), 16);
		ended = left == 0;
	}

	/** The end of a chunk's data is taken with the data, so that what is left unread is always something new. */
	private void endOfPart() throws IOException {
		if (left > 0) {
			return;
		}
		if (!chunked) {
			ended = true;
		} else if (!source.line(2).isEmpty()) {
			throw new IOException("the engine's answer has a chunk that is longer than it says");
		}
	}

	private static long number(String digits, int radix) throws IOException {
		try {
			long number = Long.parseLong(digits, radix);
			if (number >= 0) {
				return number;
			}
		} catch (NumberFormatException e) {
			// said below
		}
		throw new IOException("the engine's answer has a length that is no number");
	}
}
