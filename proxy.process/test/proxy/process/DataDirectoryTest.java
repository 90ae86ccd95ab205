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

	@Test
	void namesThisProcessAndNoneAfterwards() throws Exception {
		Path file = data.resolve("gatehouse.pid");
		PidFile pid = new PidFile(data);
		pid.write();
		assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(file));
		pid.remove();
		assertFalse(Files.exists(file));
		pid.remove();
	}

	@Test
	void leavesThePidFileOfWhoHasTakenOver() throws Exception {
		PidFile pid = new PidFile(data);
		pid.write();
		Path file = Files.writeString(data.resolve("gatehouse.pid"), "1\n");
		pid.remove();
		assertEquals("1\n", Files.readString(file));
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
