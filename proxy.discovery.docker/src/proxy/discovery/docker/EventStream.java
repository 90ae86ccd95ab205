package proxy.discovery.docker;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** The engine's events, a line of JSON each. For one thread. */
final class EventStream implements Closeable {

	private static final int LONGEST_EVENT = 1 << 20;

	private final EngineConnection connection;
	private final ResponseBody body;
	private final Duration limit;
	private byte[] buffer = new byte[8192];
	private int begin;
	private int end;

	/** @param limit for the rest of a chunk whose beginning has arrived */
	EventStream(EngineConnection connection, ResponseBody body, Duration limit) {
		this.connection = connection;
		this.body = body;
		this.limit = limit;
	}

	/**
	 * Waits for an event.
	 *
	 * @return null when there was none, or not all of one, in that time
	 * @throws IOException when there will be none any more
	 */
	Event next(Duration wait) throws IOException {
		int newline = newline(begin);
		if (newline < 0) {
			if (!connection.hasInputWithin(wait)) {
				return null;
			}
			int scanned = end - begin;
			fill();
			newline = newline(begin + scanned);
		}
		if (newline < 0) {
			return null;
		}
		byte[] line = Arrays.copyOfRange(buffer, begin, newline);
		begin = newline + 1;
		return new String(line, StandardCharsets.ISO_8859_1).isBlank() ? null : Event.of(Json.parse(line));
	}

	@Override
	public void close() throws IOException {
		connection.close();
	}

	private void fill() throws IOException {
		System.arraycopy(buffer, begin, buffer, 0, end - begin);
		end -= begin;
		begin = 0;
		if (end == buffer.length) {
			if (end >= LONGEST_EVENT) {
				throw new IOException("the engine tells of an event in more than " + LONGEST_EVENT + " octets");
			}
			buffer = Arrays.copyOf(buffer, end * 2);
		}
		connection.limit(limit);
		int count = body.read(buffer, end, buffer.length - end);
		if (count < 0) {
			throw new EOFException("the engine has ended its stream of events");
		}
		end += count;
	}

	private int newline(int from) {
		for (int at = from; at < end; at++) {
			if (buffer[at] == '\n') {
				return at;
			}
		}
		return -1;
	}
}
