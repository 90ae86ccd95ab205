package proxy.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

	@TempDir
	Path folder;

	private final FileWatch watch = new FileWatch();

	@Test
	void seesWritingInPlace() throws IOException {
		Path file = Files.writeString(folder.resolve("f.yml"), "one");
		assertTrue(watch.changed(file));
		assertFalse(watch.changed(file));
		Files.writeString(file, "three");
		assertTrue(watch.changed(file));
	}

	@Test
	void seesThatItIsGoneOnceAndNotForAMoment() throws IOException {
		assertFalse(watch.gone(), "it was never there");
		Path file = Files.writeString(folder.resolve("f.yml"), "one");
		watch.changed(file);
		miss(FileWatch.MISSED_LOOKS - 1);
		assertFalse(watch.changed(file));
		miss(FileWatch.MISSED_LOOKS - 1);
		assertTrue(watch.gone());
		assertFalse(watch.gone());
		assertTrue(watch.changed(file), "it is back");
	}

	private void miss(int looks) {
		for (int i = 0; i < looks; i++) {
			assertFalse(watch.gone());
		}
	}

	@Test
	void seesAFileRenamedOverItEvenWithTheSameTimeAndSize() throws IOException {
		Path file = Files.writeString(folder.resolve("f.yml"), "one");
		FileTime time = Files.getLastModifiedTime(file);
		watch.changed(file);
		Path other = Files.writeString(folder.resolve("f.yml~"), "two");
		Files.setLastModifiedTime(other, time);
		Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
		assertTrue(watch.changed(file));
	}

	@Test
	void seesAFolderSwappedByALink() throws IOException {
		Files.writeString(Files.createDirectory(folder.resolve("v1")).resolve("f.yml"), "one");
		Files.writeString(Files.createDirectory(folder.resolve("v2")).resolve("f.yml"), "two");
		Files.createSymbolicLink(folder.resolve("..data"), Path.of("v1"));
		Path file = Files.createSymbolicLink(folder.resolve("f.yml"), Path.of("..data/f.yml"));
		watch.changed(file);
		Files.createSymbolicLink(folder.resolve("..tmp"), Path.of("v2"));
		Files.move(folder.resolve("..tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
		assertEquals("two", Files.readString(file));
		assertTrue(watch.changed(file));
	}

	@Test
	void seesRuleFilesComeChangeAndGo() throws IOException {
		Path file = Files.writeString(folder.resolve("f.yml"), "one");
		watch.changed(file);
		Path rules = Files.writeString(Files.createDirectory(folder.resolve("rules")).resolve("a.yml"), "x");
		assertTrue(watch.changed(file));
		Files.writeString(rules, "longer");
		assertTrue(watch.changed(file));
		Files.delete(rules);
		assertTrue(watch.changed(file));
		assertFalse(watch.changed(file));
	}

	@Test
	void takesAMissingFileForNoChange() throws IOException {
		Path file = Files.writeString(folder.resolve("f.yml"), "one");
		watch.changed(file);
		Files.delete(file);
		assertFalse(watch.changed(file));
	}
}
