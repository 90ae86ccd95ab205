import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders, read and written as a whole. */
final class Trees {

	private Trees() {}

	/** All files below a folder, in an order that is the same everywhere; none if there is no such folder. */
	static List<Path> files(Path folder) throws IOException {
		if (!Files.isDirectory(folder)) return List.of();
		try (Stream<Path> all = Files.walk(folder)) {
			return all.filter(Files::isRegularFile).sorted(Comparator.comparing(Path::toString)).toList();
		}
	}

	/** Leaves an empty folder. */
	static void empty(Path folder) throws IOException {
		delete(folder);
		Files.createDirectories(folder);
	}

	static void delete(Path folder) throws IOException {
		if (!Files.exists(folder)) return;
		List<Path> all;
		try (Stream<Path> walk = Files.walk(folder)) {
			all = walk.sorted(Comparator.reverseOrder()).toList();
		}
		for (Path path : all) Files.delete(path);
	}
}
