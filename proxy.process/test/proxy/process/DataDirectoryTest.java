package proxy.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

	@TempDir
	private Path data;

	private final long own = ProcessHandle.current().pid();

	private Path file() {
		return data.resolve("gatehouse.pid");
	}

	/** A process with this data directory on its command line. */
	private Process gatehouse(Path directory) throws Exception {
		Process process = new ProcessBuilder("sh", "-c", "echo; read end", "-Dgatehouse.data=" + directory).start();
		assertEquals('\n', process.getInputStream().read());
		return process;
	}

	@Test
	void namesThisProcessAndNoneAfterwards() throws Exception {
		PidFile pid = new PidFile(data);
		assertEquals(PidFile.NOBODY, pid.claim(PidFile.NOBODY));
		assertEquals(own + "\n", Files.readString(file()));
		assertEquals(PidFile.NOBODY, pid.claim(PidFile.NOBODY));
		pid.remove();
		assertFalse(Files.exists(file()));
		pid.remove();
	}

	@Test
	void leavesThePidFileOfWhoHasTakenOver() throws Exception {
		PidFile pid = new PidFile(data);
		pid.claim(PidFile.NOBODY);
		Files.writeString(file(), "1\n");
		pid.remove();
		assertEquals("1\n", Files.readString(file()));
	}

	@Test
	void takesOverFromTheExpectedProcessAlone() throws Exception {
		PidFile pid = new PidFile(data);
		Process other = gatehouse(data);
		try {
			Files.writeString(file(), other.pid() + "\n");
			assertEquals(other.pid(), pid.claim(PidFile.NOBODY));
			assertEquals(other.pid() + "\n", Files.readString(file()));
			assertEquals(other.pid(), pid.claim(other.pid()));
			assertEquals(own + "\n", Files.readString(file()));
		} finally {
			other.destroyForcibly().waitFor();
		}
	}

	@Test
	void aProcessThatIsNoGatehouseWithThisDataDirectoryIsNobody() throws Exception {
		PidFile pid = new PidFile(data);
		Process stranger = gatehouse(data.resolve("other"));
		try {
			assertTrue(pid.gatehouse(stranger.pid()).isEmpty());
			Files.writeString(file(), stranger.pid() + "\n");
			assertEquals(PidFile.NOBODY, pid.claim(PidFile.NOBODY));
			assertEquals(own + "\n", Files.readString(file()));
		} finally {
			stranger.destroyForcibly().waitFor();
		}
	}

	@Test
	void deletesTheCachesOfProcessesThatHaveEnded() throws Exception {
		Path own = Files.createDirectories(data.resolve("gatehouse-own"));
		Path left = Files.createDirectories(data.resolve("gatehouse-left/bundle1"));
		Files.writeString(left.resolve("bundle.info"), "1");
		Files.createFile(data.resolve("gatehouse-left/cache.lock"));
		Path other = Files.createDirectories(data.resolve("something-else"));
		Files.createFile(other.resolve("cache.lock"));
		new LeftCaches(own).delete();
		assertTrue(Files.exists(own));
		assertTrue(Files.exists(other));
		assertFalse(Files.exists(data.resolve("gatehouse-left")));
	}

	@Test
	void leavesTheCachesOfProcessesThatRun() throws Exception {
		Path own = Files.createDirectories(data.resolve("gatehouse-own"));
		Path lock = Files.createDirectories(data.resolve("gatehouse-running")).resolve("cache.lock");
		Process holder = new ProcessBuilder(
						Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp",
						Path.of(LockHolder.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString(),
						LockHolder.class.getName(), lock.toString())
				.redirectErrorStream(true)
				.start();
		try {
			assertEquals('L', holder.getInputStream().read());
			new LeftCaches(own).delete();
			assertTrue(Files.exists(lock));
		} finally {
			holder.destroyForcibly().waitFor();
		}
	}
}
