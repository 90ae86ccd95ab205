package proxy.captcha;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.api.runtime.Problem;
import proxy.fixtures.Pingoo;
import proxy.fixtures.RecordedRuntime;

class KeyWatchTest {

	@TempDir
	Path folder;

	private final RecordedRuntime runtime = new RecordedRuntime();
	private final KeyWatch watch = new KeyWatch(runtime);

	@AfterEach
	void stop() {
		watch.stop();
	}

	@Test
	@Pingoo("captcha.keys")
	void aMissingFileIsMadeForItsOwnerAlone() throws IOException {
		Path file = folder.resolve("new/captcha_jwks.json");
		watch.watch(file);
		assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
		assertEquals(watch.keys().signing().id(), KeySet.parse(Files.readString(file)).signing().id());
		try (Stream<Path> files = Files.list(file.getParent())) {
			assertEquals(List.of(file), files.toList());
		}
	}

	@Test
	@Pingoo("captcha.keys-reload")
	void aChangedFileIsInForce() throws IOException {
		Path file = Files.write(folder.resolve("keys"), KeySet.generate().json());
		watch.watch(file);
		KeySet first = watch.keys();
		watch.look();
		assertSame(first, watch.keys());
		Key second = Key.generate();
		Files.write(file, new KeySet(List.of(second, first.signing())).json());
		watch.look();
		assertEquals(second.id(), watch.keys().signing().id());
		assertEquals(2, watch.keys().size());
		assertTrue(watch.keys().find(first.signing().id()) != null);
		Files.delete(file);
		watch.look();
		assertNotEquals(second.id(), watch.keys().signing().id());
		assertTrue(Files.exists(file));
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	void whileAFileIsDamagedTheKeysBeforeStayAndTheFileToo() throws IOException {
		Path file = Files.write(folder.resolve("keys"), KeySet.generate().json());
		watch.watch(file);
		KeySet before = watch.keys();
		Files.writeString(file, "{\"keys\": [");
		watch.look();
		assertSame(before, watch.keys());
		assertEquals(
				List.of(new Problem("captcha.key_file", file + " is no usable key set: it is not JSON; the keys loaded before stay in force")),
				runtime.problems());
		assertEquals("{\"keys\": [", Files.readString(file));
		Files.write(file, before.json());
		watch.look();
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	void whereNothingCanBeReadOrWrittenThereIsAKeyForNow() throws IOException {
		Path obstacle = Files.writeString(folder.resolve("file"), "");
		watch.watch(obstacle.resolve("captcha_jwks.json"));
		KeySet keys = watch.keys();
		assertEquals("captcha.key_file", runtime.problems().get(0).setting());
		assertTrue(runtime.problems().get(0).reason().contains("after a restart"), () -> runtime.problems().toString());
		List<Problem> first = List.copyOf(runtime.problems());
		watch.look();
		assertEquals(first, runtime.problems());
		Files.delete(obstacle);
		watch.look();
		assertSame(keys, watch.keys());
		assertTrue(Files.readString(obstacle.resolve("captcha_jwks.json")).contains(keys.signing().id()));
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	void anotherFileCanBeNamed() throws IOException {
		watch.watch(folder.resolve("one"));
		String first = watch.keys().signing().id();
		Path other = Files.write(folder.resolve("other"), KeySet.generate().json());
		watch.watch(other);
		assertEquals(new String(watch.keys().json(), StandardCharsets.UTF_8), Files.readString(other));
		assertNotEquals(first, watch.keys().signing().id());
		assertFalse(Files.readString(other).contains(first));
	}
}
