package proxy.log.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LogWriterTest {

	private final MemorySink sink = new MemorySink();
	private final LinkedBlockingQueue<String> troubles = new LinkedBlockingQueue<>();
	private final Ring ring = new Ring(1024);

	private LogWriter writer() {
		LogWriter writer = new LogWriter(sink, trouble -> troubles.add(trouble == null ? "none" : trouble.getMessage()));
		writer.add(ring);
		return writer;
	}

	@Test
	void writesWhatComesWhileItSleepsAndWhileItWrites() throws Exception {
		LogWriter writer = writer();
		for (int i = 0; i < 5; i++) {
			String line = "line " + i + "\n";
			put(writer, line);
			sink.await(text -> text.endsWith(line));
		}
		writer.close();
	}

	@Test
	void dropsAndCountsWhenNobodyReads() throws Exception {
		LogWriter writer = writer();
		sink.block();
		put(writer, "first\n");
		sink.awaitWaiting();
		for (int i = 0; i < 1_000; i++) {
			put(writer, "0123456789\n");
		}
		sink.unblock();
		String text = sink.await(written -> written.contains("dropped"));
		writer.close();
		long kept = sink.text().lines().filter("0123456789"::equals).count();
		assertTrue(text.contains("\"dropped\":" + (1_000 - kept) + "}"), kept + " in " + text);
	}

	@Test
	void countsWhatAFullDiskCostAndStartsANewLine() throws Exception {
		LogWriter writer = writer();
		sink.block();
		put(writer, "half a li");
		sink.awaitWaiting();
		sink.failing(true);
		sink.unblock();
		assertEquals("No space left on device", troubles.poll(30, TimeUnit.SECONDS));
		put(writer, "kept\n");
		sink.failing(false);
		assertEquals("none", troubles.poll(30, TimeUnit.SECONDS));
		sink.await(text -> text.contains("kept\n"));
		writer.close();
	}

	@Test
	void closesWhenNobodyReads() throws Exception {
		LogWriter writer = writer();
		sink.block();
		put(writer, "line\n");
		sink.awaitWaiting();
		writer.close();
		sink.unblock();
	}

	private void put(LogWriter writer, String line) {
		byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
		writer.lines(ring.put(bytes, bytes.length));
	}
}
