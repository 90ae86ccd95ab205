package proxy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LineWriterTest {

	private final BlockableStream stream = new BlockableStream();

	@Test
	void writesLinesInOrder() throws Exception {
		try (LineWriter writer = new LineWriter("test", stream, 1000, count -> "")) {
			writer.write("one\n");
			writer.write("two\n");
			assertEquals("one\ntwo\n", stream.await("two\n"));
		}
	}

	@Test
	void dropsAndCountsWhenTheStreamTakesNothing() throws Exception {
		stream.block();
		try (LineWriter writer = new LineWriter("test", stream, 100, count -> count + " dropped\n")) {
			writer.write("0123456789\n");
			stream.awaitWriterWaiting();
			for (int i = 0; i < 1000; i++) {
				writer.write("0123456789\n");
			}
			assertTrue(writer.dropped() >= 990, "dropped " + writer.dropped());
			long lost = writer.dropped();
			stream.unblock();
			String text = stream.await("dropped\n");
			assertTrue(text.endsWith("\n" + lost + " dropped\n"), text);
			assertEquals(1001 - lost + 1, text.lines().count());
			while (!writer.write("again\n")) {
				Thread.onSpinWait();
			}
			stream.await("again\n");
		}
	}

	@Test
	void writesWhatIsQueuedWhenItIsClosed() throws Exception {
		LineWriter writer = new LineWriter("test", stream, 100_000, count -> "");
		for (int i = 0; i < 1000; i++) {
			writer.write("line " + i + "\n");
		}
		writer.close();
		assertEquals(1000, stream.text().lines().count());
	}

	@Test
	void closesEvenWhenTheStreamTakesNothing() throws Exception {
		stream.block();
		LineWriter writer = new LineWriter("test", stream, 100, count -> "");
		writer.write("line\n");
		stream.awaitWriterWaiting();
		writer.close();
		stream.unblock();
	}

	@Test
	void hurriesOnlyAsLongAsTheStreamTakesLines() throws Exception {
		LineWriter writer = new LineWriter("test", stream, 1_000_000, count -> "");
		writer.hurry();
		writer.write("one\n");
		assertEquals("one\n", stream.await("one\n"));
		stream.block();
		for (int i = 0; i < 10_000; i++) {
			writer.write("more\n");
		}
		stream.unblock();
		writer.close();
		assertEquals(10_001, stream.text().lines().count());
	}

	@Test
	void goesOnAfterTheStreamHasFailed() throws Exception {
		AtomicBoolean failing = new AtomicBoolean(true);
		OutputStream flaky = new OutputStream() {
			@Override
			public void write(int octet) {
				stream.write(octet);
			}

			@Override
			public void write(byte[] bytes) throws IOException {
				if (failing.getAndSet(false)) {
					throw new IOException("Broken pipe");
				}
				stream.write(bytes);
			}
		};
		try (LineWriter writer = new LineWriter("test", flaky, 1000, count -> count + " dropped\n")) {
			writer.write("lost\n");
			stream.await("1 dropped\n");
			while (!writer.write("kept\n")) {
				Thread.onSpinWait();
			}
			stream.await("kept\n");
		}
	}
}
