package proxy.log.access;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time as {@code 2026-01-31T23:59:59.123Z}; only the milliseconds are made each time. For one thread. */
final class Timestamp {

	static final int LENGTH = 24;

	private final byte[] text = new byte[LENGTH];
	private long second = Long.MIN_VALUE;

	/** @return LENGTH octets, valid until the next call */
	byte[] of(long epochMillis) {
		long now = Math.floorDiv(epochMillis, 1000L);
		if (now != second) {
			String formatted = Instant.ofEpochSecond(now).truncatedTo(ChronoUnit.SECONDS).toString();
			byte[] bytes = formatted.getBytes(StandardCharsets.US_ASCII);
			System.arraycopy(bytes, 0, text, 0, 19);
			text[19] = '.';
			text[23] = 'Z';
			second = now;
		}
		int millis = (int) Math.floorMod(epochMillis, 1000L);
		text[20] = (byte) ('0' + millis / 100);
		text[21] = (byte) ('0' + millis / 10 % 10);
		text[22] = (byte) ('0' + millis % 10);
		return text;
	}
}
