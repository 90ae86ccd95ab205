package proxy.config.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The metatype files in {@code test/metatype}, in the shape in which bundles have them. */
final class TestSchema {

	static final Path FOLDER = Path.of("test/metatype");

	private TestSchema() {}

	static Schema read() {
		List<ObjectClass> classes = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(FOLDER)) {
			for (Path file : files) {
				try (InputStream xml = Files.newInputStream(file)) {
					classes.addAll(MetatypeXml.read(xml));
				}
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return new Schema(classes);
	}
}
