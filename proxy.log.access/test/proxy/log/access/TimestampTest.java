package proxy.log.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TimestampTest {

	@Test
	void changesWithEveryMillisecond() {
		Timestamp timestamp = new Timestamp();
		assertEquals("2026-01-01T00:00:00.000Z", text(timestamp.of(1_767_225_600_000L)));
		assertEquals("2026-01-01T00:00:00.999Z", text(timestamp.of(1_767_225_600_999L)));
		assertEquals("2026-01-01T00:00:01.001Z", text(timestamp.of(1_767_225_601_001L)));
		assertEquals("2025-12-31T23:59:59.050Z", text(timestamp.of(1_767_225_599_050L)));
	}

	private static String text(byte[] bytes) {
		return new String(bytes, 0, Timestamp.LENGTH, StandardCharsets.US_ASCII);
	}
}
