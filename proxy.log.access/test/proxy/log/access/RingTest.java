package proxy.log.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RingTest {

	private final MemorySink sink = new MemorySink();

	@Test
	void keepsLinesWholeOverItsEnd() throws IOException {
		Ring ring = new Ring(16);
		for (int i = 0; i < 10; i++) {
			put(ring, "line " + i + "\n");
			assertTrue(ring.drainTo(sink));
		}
		assertFalse(ring.drainTo(sink));
		assertEquals(10, sink.text().lines().count());
		assertTrue(sink.text().endsWith("line 8\nline 9\n"));
	}

	@Test
	void dropsWholeLinesWhenItIsFullAndCountsThem() throws IOException {
		Ring ring = new Ring(16);
		put(ring, "1234567\n");
		put(ring, "1234567\n");
		put(ring, "x\n");
		put(ring, "y\n");
		assertEquals(2, ring.newlyLost());
		assertEquals(0, ring.newlyLost());
		ring.drainTo(sink);
		assertEquals("1234567\n1234567\n", sink.text());
		assertTrue(ring.isEmpty());
	}

	@Test
	void wantsToBeEmptiedWhenItBecomesHalfFull() {
		Ring ring = new Ring(16);
		assertFalse(put(ring, "123\n"));
		assertFalse(put(ring, "123\n"));
		assertTrue(put(ring, "123\n"));
		assertFalse(put(ring, "123\n"));
	}

	@Test
	void countsWhatTheSinkDidNotTake() {
		Ring ring = new Ring(64);
		put(ring, "1\n");
		put(ring, "2\n");
		sink.failing(true);
		assertThrows(IOException.class, () -> ring.drainTo(sink));
		assertEquals(2, ring.newlyLost());
		assertTrue(ring.isEmpty());
	}

	@Test
	void handsOverBetweenTwoThreads() throws Exception {
		Ring ring = new Ring(256);
		int lines = 200_000;
		Thread producer = new Thread(() -> {
			for (int i = 0; i < lines; i++) {
				put(ring, i + "\n");
			}
		});
		producer.start();
		long expected = 0;
		StringBuilder text = new StringBuilder();
		Sink collecting = new Sink() {
			@Override
			public void prepare() {}

			@Override
			public void write(byte[] bytes, int from, int count) {
				text.append(new String(bytes, from, count, StandardCharsets.ISO_8859_1));
			}

			@Override
			public void close() {}
		};
		while (producer.isAlive() || !ring.isEmpty()) {
			ring.drainTo(collecting);
		}
		long before = -1;
		for (String line : text.toString().split("\n")) {
			long number = Long.parseLong(line);
			assertTrue(number > before, number + " after " + before);
			before = number;
			expected++;
		}
		assertEquals(lines, expected + ring.newlyLost());
	}

	private static boolean put(Ring ring, String line) {
		byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
		return ring.put(bytes, bytes.length);
	}
}
