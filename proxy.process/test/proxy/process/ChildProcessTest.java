package proxy.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxy.api.runtime.Problem;
import proxy.fixtures.Await;
import proxy.fixtures.Ports;
import proxy.fixtures.RecordedRuntime;

class ChildProcessTest {

	private static final String WAIT = "while :; do sleep 0.05; done";

	private final RecordedRuntime runtime = new RecordedRuntime();
	private final CompletableFuture<Void> way = new CompletableFuture<>();
	private ChildProcess child;

	@TempDir
	private Path folder;

	private void start(ChildConfig config) {
		start(config, 10);
	}

	private void start(ChildConfig config, long firstPauseMillis) {
		child = new ChildProcess(config, folder.toString(), firstPauseMillis, way);
		child.setRuntime(runtime);
		child.start();
	}

	@AfterEach
	void stop() throws InterruptedException {
		child.deactivate();
		assertEquals(List.of(), runtime.problems());
	}

	private List<String> lines(String file) throws IOException {
		Path path = folder.resolve(file);
		return Files.exists(path) ? Files.readAllLines(path) : List.of();
	}

	private ProcessHandle process(String file) {
		Await.until("a process has said its number in " + file, () -> !lines(file).isEmpty());
		try {
			return ProcessHandle.of(Long.parseLong(lines(file).get(0))).orElseThrow();
		} catch (IOException e) {
			throw new AssertionError(e);
		}
	}

	@Test
	void runsWhereAndWithWhatItIsTold() {
		start(TestConfig.shell("echo $PWD $COLOUR > told; " + WAIT).in(folder).with("COLOUR=light blue"));
		Await.until("it has said where it is", () -> lines("told").equals(List.of(folder.toRealPath() + " light blue")));
	}

	@Test
	void startsAgainWhatEnds() {
		start(TestConfig.shell("echo once more >> ends"));
		Await.until("three lives", () -> lines("ends").size() >= 3);
	}

	@Test
	void startsAgainAtOnceWhenWhatStoodInTheWayHasEnded() {
		start(TestConfig.shell("[ -e clear ] || { echo no >> failed; exit 1; }; echo $$ > pid; " + WAIT), TimeUnit.HOURS.toMillis(1));
		Await.until("it has failed", () -> lines("failed").size() == 1);
		assertTrue(folder.resolve("clear").toFile().mkdir());
		way.complete(null);
		assertTrue(process("pid").isAlive());
	}

	@Test
	void stopsWithATermSignal() throws Exception {
		start(TestConfig.shell("trap 'echo bye > bye; exit' TERM; echo $$ > pid; " + WAIT));
		ProcessHandle process = process("pid");
		child.deactivate();
		assertFalse(process.isAlive());
		assertEquals(List.of("bye"), lines("bye"));
	}

	@Test
	void killsWhatDoesNotStopWithItsOwnChildren() throws Exception {
		start(TestConfig.shell("trap '' TERM; sleep 1000 & echo $! > sleep; echo $$ > pid; " + WAIT).stopWithin(200));
		ProcessHandle process = process("pid");
		ProcessHandle sleep = process("sleep");
		child.deactivate();
		assertFalse(process.isAlive());
		Await.until("its child is gone", () -> !sleep.isAlive());
	}

	@Test
	void replacesTheProcessWhenTheCommandChanges() {
		start(TestConfig.shell("echo $$ > first; " + WAIT));
		ProcessHandle first = process("first");
		child.modified(TestConfig.shell("echo $$ > second; " + WAIT));
		ProcessHandle second = process("second");
		assertFalse(first.isAlive());
		assertTrue(second.isAlive());
	}

	@Test
	void keepsTheProcessWhenOnlyItsTimeLimitsChange() throws Exception {
		TestConfig config = TestConfig.shell("echo $$ >> pids; trap '' TERM; " + WAIT);
		start(config);
		ProcessHandle process = process("pids");
		child.modified(config.stopWithin(1));
		child.deactivate();
		assertFalse(process.isAlive());
		assertEquals(1, lines("pids").size());
	}

	@Test
	void saysThatAProgramIsNotThereAndTriesAgain() throws Exception {
		Path program = folder.resolve("program");
		start(TestConfig.of(program.toString()));
		Await.until("the problem", () -> runtime.problems().stream().map(Problem::setting).toList().equals(List.of("child_process.command")));
		Path prepared = Files.writeString(folder.resolve("prepared"), "#!/bin/sh\n" + WAIT + "\n");
		assertTrue(prepared.toFile().setExecutable(true));
		Files.move(prepared, program);
		Await.until("no problem", () -> runtime.problems().isEmpty());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", value = {
		"- | A=b | 127.0.0.1:1 | child_process.command: names no program, such as [/usr/bin/app, --port, \"3000\"]",
		"sh | A | 127.0.0.1:1 | child_process.environment: 'A' is not NAME=value",
		"sh | A=b\0c | 127.0.0.1:1 | child_process.environment: 'A=b c' has a NUL character in it",
		"sh | A=b | 3000 | child_process.ready_address: '3000' is not an address such as 127.0.0.1:3000",
		"sh | A=b | localhost:x | child_process.ready_address: 'localhost:x' is not an address such as 127.0.0.1:3000",
	})
	void saysWhatIsWrongAndLeavesWhatRunsAlone(String program, String variable, String address, String problem) {
		start(TestConfig.shell("echo $$ > pid; " + WAIT));
		ProcessHandle process = process("pid");
		TestConfig wrong = (program == null ? TestConfig.of() : TestConfig.of(program)).with(variable).ready(address, 1000);
		child.modified(wrong);
		assertEquals(List.of(problem), runtime.problems().stream().map(Problem::toString).toList());
		assertTrue(process.isAlive());
	}

	@Test
	void wrongSettingsStayAProblemWhenWhatRunsIsStartedAgain() {
		start(TestConfig.shell("echo $$ >> pids; " + WAIT));
		ProcessHandle process = process("pids");
		child.modified(TestConfig.shell(WAIT).with("A"));
		process.destroy();
		Await.until("another life", () -> lines("pids").size() == 2);
		assertEquals(List.of("child_process.environment"), runtime.problems().stream().map(Problem::setting).toList());
	}

	@Test
	void startsWithWrongSettingsAndRunsWhenTheyAreRight() {
		start(TestConfig.of());
		assertEquals(1, runtime.problems().size());
		child.modified(TestConfig.shell("echo $$ > pid; " + WAIT));
		assertTrue(process("pid").isAlive());
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	void holdsTheGatewayUntilConnectionsAreAccepted() throws IOException {
		int port = Ports.free();
		start(TestConfig.shell("echo $$ > pid; " + WAIT).ready("127.0.0.1:" + port, 20_000));
		process("pid");
		try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			Await.until("no hold", () -> runtime.holds() == 0 && runtime.everHeld());
		}
	}

	@Test
	void isNotReadyWhileOnlyTheOneOfTheProcessBeforeIs() throws Exception {
		assumeTrue(Files.isReadable(Path.of("/proc/self/net/tcp")), "only Linux tells who listens");
		try (ServerSocket before = SharedPort.open(0)) {
			int port = before.getLocalPort();
			String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
			Path classes = Path.of(SharedPort.class.getProtectionDomain().getCodeSource().getLocation().toURI());
			start(TestConfig.shell("until [ -e go ]; do sleep 0.05; done; '" + java + "' -cp '" + classes + "' "
					+ SharedPort.class.getName() + " " + port + "; " + WAIT).ready("127.0.0.1:" + port, 600_000));
			before.setSoTimeout(30_000);
			for (int looks = 0; looks < 3; looks++) {
				before.accept().close();
			}
			assertEquals(1, runtime.holds());
			Files.createFile(folder.resolve("go"));
			Await.until("no hold", () -> runtime.holds() == 0);
		}
	}

	@Test
	void holdsTheGatewayNoLongerThanItsTimeLimit() throws IOException {
		int closed;
		try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			closed = probe.getLocalPort();
		}
		start(TestConfig.shell(WAIT).ready("127.0.0.1:" + closed, 300));
		assertEquals(1, runtime.holds());
		Await.until("no hold", () -> runtime.holds() == 0);
	}
}
