package proxy.core.http2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Locale;
import proxy.api.transport.EventLoop;

/** What the HTTP/2 connections of one loop share: exchanges at rest, input and output buffers, the date. */
final class Http2Loop {

	private static final int INPUT = 256 * 1024 + Frame.HEADER + Frame.MAX_PAYLOAD;
	/** Eight full frames, and room for what goes with them. */
	private static final int OUTPUT = 9 * 16 * 1024;
	/** Connections that may have something to send in one turn, before the first of them has to send it. */
	private static final int OUTPUTS = 16;

	private static final int RESTING = 1024;
	private static final long SECOND = 1_000_000_000L;

	/** RFC 9110 section 5.6.7. */
	private static final DateTimeFormatter IMF_FIXDATE =
			DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

	private final EventLoop loop;
	private final WaitingRoom waitingRoom;
	private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT);
	private final byte[] block = new byte[Frame.MAX_PAYLOAD];
	private final HeadBlock head = new HeadBlock();
	private final ArrayDeque<Http2Exchange> resting = new ArrayDeque<>();
	private final ArrayDeque<ByteBuffer> outputs = new ArrayDeque<>();
	private final ArrayDeque<FrameWriter> writers = new ArrayDeque<>();
	private final Runnable flush = this::flush;
	private boolean flushing;
	private byte[] date = {};
	private long dateUntil;

	Http2Loop(EventLoop loop, WaitingRoom waitingRoom) {
		this.loop = loop;
		this.waitingRoom = waitingRoom;
	}

	/** For the connection that is being read from, until it returns to the loop, cleared. */
	ByteBuffer input() {
		return input.clear();
	}

	/** For a field block while it is decoded. */
	byte[] block() {
		return block;
	}

	/** For a field block while it is decoded. */
	HeadBlock head() {
		return head;
	}

	Http2Exchange take() {
		Http2Exchange exchange = resting.poll();
		return exchange == null ? new Http2Exchange() : exchange;
	}

	void rest(Http2Exchange exchange) {
		if (resting.size() < RESTING && exchange.isSmall()) {
			resting.push(exchange);
		}
	}

	WaitingRoom waitingRoom() {
		return waitingRoom;
	}

	/** A cleared buffer for the writer, whose flush is called at the end of this turn of the loop, or earlier. */
	ByteBuffer output(FrameWriter writer) {
		if (!flushing) {
			flushing = true;
			loop.execute(flush);
		}
		if (writers.size() >= OUTPUTS) {
			writers.poll().flush();
		}
		writers.add(writer);
		ByteBuffer buffer = outputs.poll();
		return buffer == null ? ByteBuffer.allocateDirect(OUTPUT) : buffer.clear();
	}

	void giveBack(ByteBuffer output) {
		outputs.push(output);
	}

	private void flush() {
		flushing = false;
		for (int left = writers.size(); left > 0; left--) {
			FrameWriter writer = writers.poll();
			if (writer != null) {
				writer.flush();
			}
		}
	}

	/** The Date field as a literal for field blocks, at most a second old. */
	byte[] date() {
		long now = loop.now();
		if (date.length == 0 || now - dateUntil >= 0) {
			long millis = System.currentTimeMillis();
			byte[] text = IMF_FIXDATE.format(Instant.ofEpochMilli(millis)).getBytes(StandardCharsets.US_ASCII);
			ByteBuffer field = ByteBuffer.allocate(3 + text.length);
			HpackEncoder.integer(field, 0, 4, StaticTable.DATE);
			date = field.put((byte) text.length).put(text).array();
			dateUntil = now + SECOND - millis % 1000 * 1_000_000;
		}
		return date;
	}
}
