package proxy.log.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {

	@TempDir
	Path folder;

	private long now;
	private Path file;
	private FileSink sink;

	@BeforeEach
	void open() {
		file = folder.resolve("new/access.log");
		sink = new FileSink(file, () -> now);
	}

	@AfterEach
	void close() {
		sink.close();
	}

	@Test
	void appendsToAFileThatOthersCannotRead() throws IOException {
		write("one\n");
		sink.close();
		write("two\n");
		assertEquals("one\ntwo\n", Files.readString(file));
		assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
	}

	@Test
	void makesANewFileWhenTheOldOneWasMoved() throws IOException {
		write("one\n");
		Path moved = Files.move(file, folder.resolve("access.log.1"));
		write("two\n");
		assertEquals("one\ntwo\n", Files.readString(moved));
		now += 1_000_000_000;
		write("three\n");
		assertEquals("one\ntwo\n", Files.readString(moved));
		assertEquals("three\n", Files.readString(file));
	}

	@Test
	void goesOnInTheFileThatRotationPutInPlace() throws IOException {
		write("one\n");
		Files.move(file, folder.resolve("access.log.1"));
		Files.writeString(file, "# new\n");
		now += 1_000_000_000;
		write("two\n");
		assertEquals("# new\ntwo\n", Files.readString(file));
	}

	@Test
	void makesANewFileWhenItsFolderWasDeleted() throws IOException {
		write("one\n");
		Files.delete(file);
		Files.delete(file.getParent());
		now += 1_000_000_000;
		write("two\n");
		assertEquals("two\n", Files.readString(file));
	}

	@Test
	void saysWhyItCannotBeOpened() throws IOException {
		Files.createDirectories(file);
		assertThrows(IOException.class, () -> sink.prepare());
	}

	private void write(String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
		sink.prepare();
		sink.write(bytes, 0, bytes.length);
	}
}
