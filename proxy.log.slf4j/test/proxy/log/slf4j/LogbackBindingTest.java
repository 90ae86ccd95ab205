package proxy.log.slf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.spi.SLF4JServiceProvider;

class LogbackBindingTest {

	private final LogbackBinding binding = new LogbackBinding();

	@Test
	void isWhatSlf4jFinds() {
		assertEquals(1, ServiceLoader.load(SLF4JServiceProvider.class).stream()
				.filter(provider -> provider.type() == LogbackBinding.class)
				.count());
	}

	@Test
	void printsWarningsOnALineEachAndNothingBelow() {
		List<String> lines = stderrOf(() -> {
			Logger log = binding.getLoggerFactory().getLogger("proxy.core.Server");
			log.info("unseen");
			log.warn("no {}", "room", new IOException("disk full", new IllegalStateException("old")));
			log.error("over");
		});
		assertEquals(2, lines.size(), lines::toString);
		assertTrue(
				lines.get(0).matches("\\d\\d:\\d\\d.* WARN Server: no room: java.io.IOException: disk full: java.lang.IllegalStateException: old"),
				lines.get(0));
		assertTrue(lines.get(1).endsWith(" ERROR Server: over"), lines.get(1));
	}

	@Test
	void hasWhatElseSlf4jAsksFor() {
		binding.initialize();
		assertSame(binding.getMarkerFactory().getMarker("m"), binding.getMarkerFactory().getMarker("m"));
		binding.getMDCAdapter().put("k", "v");
		assertEquals("v", binding.getMDCAdapter().get("k"));
	}

	private List<String> stderrOf(Runnable task) {
		PrintStream before = System.err;
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		System.setErr(new PrintStream(bytes, true));
		try {
			binding.initialize();
			task.run();
		} finally {
			System.setErr(before);
		}
		return bytes.toString().lines().toList();
	}
}
