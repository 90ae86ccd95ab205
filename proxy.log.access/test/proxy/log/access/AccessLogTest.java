package proxy.log.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.api.http.ExchangeListener.Outcome;
import proxy.fixtures.Await;
import proxy.fixtures.RecordedRuntime;

class AccessLogTest {

	@TempDir
	Path data;

	private final RecordedRuntime runtime = new RecordedRuntime();

	@Test
	void writesTheLinesOfAllLoops() throws Exception {
		AccessLog log = new AccessLog(Settings.to("logs/access.log"), data, runtime);
		List<Thread> loops = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			TestExchange exchange = exchange(new TestLoop(i, 3));
			Thread loop = new Thread(() -> {
				for (int n = 0; n < 100; n++) {
					log.finished(exchange, new Outcome(200, null, "s", "u", 0, 0, 0));
				}
			});
			loop.start();
			loops.add(loop);
		}
		for (Thread loop : loops) {
			loop.join();
		}
		log.close();
		List<String> lines = Files.readAllLines(data.resolve("logs/access.log"));
		assertEquals(300, lines.size());
		assertTrue(lines.stream().allMatch(line -> line.startsWith("{\"time\":") && line.endsWith("}")));
	}

	@Test
	void makesItsFileAnewWhenAsked() throws Exception {
		AccessLog log = new AccessLog(Settings.to("access.log"), data, runtime);
		Path file = data.resolve("access.log");
		Await.until("the file is there", () -> Files.exists(file));
		Files.move(file, data.resolve("moved.log"));
		log.reload();
		Await.until("it is there again, and nobody has logged anything", () -> Files.exists(file));
		finish(log, exchange(new TestLoop(0, 1)));
		log.close();
		assertEquals(1, Files.readAllLines(file).size());
		assertEquals(0, Files.size(data.resolve("moved.log")));
	}

	@Test
	void changesItsSettingsWithoutMissingAnExchange() throws Exception {
		AccessLog log = new AccessLog(Settings.to("one.log"), data, runtime);
		TestExchange exchange = exchange(new TestLoop(0, 1));
		finish(log, exchange);
		log.modified(Settings.to("two.log"));
		finish(log, exchange);
		log.modified(Settings.to("two.log").disabled());
		finish(log, exchange);
		log.close();
		List<String> lines = new ArrayList<>();
		for (String file : List.of("one.log", "two.log")) {
			if (Files.exists(data.resolve(file))) {
				lines.addAll(Files.readAllLines(data.resolve(file)));
			}
		}
		assertEquals(2, lines.size());
	}

	@Test
	void keepsWhatWasInForceWhenANewSettingIsWrong() throws Exception {
		AccessLog log = new AccessLog(Settings.to("one.log"), data, runtime);
		log.modified(Settings.to("two.log").redactPath("/announce"));
		log.modified(Settings.to("two.log").bufferKb(1));
		log.modified(Settings.to(" "));
		assertEquals(
				List.of("access_log.buffer_kb", "access_log.path", "access_log.redact_path"),
				runtime.problems().stream().map(problem -> problem.setting()).toList());
		finish(log, exchange(new TestLoop(0, 1)));
		log.close();
		assertEquals(1, Files.readAllLines(data.resolve("one.log")).size());
		assertFalse(Files.exists(data.resolve("two.log")));
	}

	@Test
	void refusesAWrongSettingAtTheStart() {
		assertThrows(IllegalArgumentException.class, () -> new AccessLog(Settings.to("x").bufferKb(0), data, runtime));
		assertEquals("0 is not in 128..65536", runtime.problems().get(0).reason());
	}

	@Test
	void isAProblemWhileTheFileCannotBeWritten() throws Exception {
		Files.createDirectories(data.resolve("access.log"));
		AccessLog log = new AccessLog(Settings.to("access.log"), data, runtime);
		finish(log, exchange(new TestLoop(0, 1)));
		Await.until("the problem is told", () ->
				runtime.problems().stream().anyMatch(problem -> problem.setting().equals("access_log.path")));
		assertEquals(
				"cannot write: " + data.resolve("access.log") + ": Is a directory; trying again every second", runtime.problems().get(0).reason());
		Files.delete(data.resolve("access.log"));
		Await.until("the problem is withdrawn", () -> runtime.problems().isEmpty());
		log.close();
		assertEquals(1, Files.readAllLines(data.resolve("access.log")).size());
	}

	private static void finish(AccessLog log, TestExchange exchange) {
		log.finished(exchange, new Outcome(200, null, null, null, 0, 0, 0));
	}

	private static TestExchange exchange(TestLoop loop) throws IOException {
		return new TestExchange(loop, InetAddress.getByName("192.0.2.1")).request("GET", "a.example", "/");
	}
}
