package proxy.core.http1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Locale;
import proxy.api.transport.EventLoop;

/** What the HTTP/1.1 connections of one loop share: exchanges at rest, the output buffer, the date. */
final class Http1Loop {

	/** Room for a response's head and the content that goes out with it. */
	private static final int OUTPUT = 160 * 1024;

	private static final int RESTING = 1024;
	private static final long SECOND = 1_000_000_000L;

	/** RFC 9110 section 5.6.7. */
	private static final DateTimeFormatter IMF_FIXDATE =
			DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

	private final EventLoop loop;
	private final ByteBuffer output = ByteBuffer.allocateDirect(OUTPUT);
	private final ArrayDeque<Http1Exchange> resting = new ArrayDeque<>();
	private byte[] date = {};
	private long dateUntil;

	Http1Loop(EventLoop loop) {
		this.loop = loop;
	}

	/** Lent until the caller returns to the loop, cleared. */
	ByteBuffer output() {
		return output.clear();
	}

	Http1Exchange take() {
		Http1Exchange exchange = resting.poll();
		return exchange == null ? new Http1Exchange(this) : exchange;
	}

	void rest(Http1Exchange exchange) {
		if (resting.size() < RESTING && exchange.isSmall()) {
			resting.push(exchange);
		}
	}

	/** The Date field line, at most a second old. */
	byte[] date() {
		long now = loop.now();
		if (date.length == 0 || now - dateUntil >= 0) {
			long millis = System.currentTimeMillis();
			date = ("date: " + IMF_FIXDATE.format(Instant.ofEpochMilli(millis)) + "\r\n").getBytes(StandardCharsets.US_ASCII);
			dateUntil = now + SECOND - millis % 1000 * 1_000_000;
		}
		return date;
	}
}
