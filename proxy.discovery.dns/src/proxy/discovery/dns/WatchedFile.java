package proxy.discovery.dns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a file of the system says, read again when it has changed; a file that cannot be read says what it said before. */
final class WatchedFile<T> {

	private static final Logger log = LoggerFactory.getLogger(WatchedFile.class);

	private final Path path;
	private final Function<List<String>, T> parser;
	private T content;
	private String stamp = "";

	WatchedFile(Path path, Function<List<String>, T> parser) {
		this.path = path;
		this.parser = parser;
		content = parser.apply(List.of());
	}

	synchronized T content() {
		String now = stamp();
		if (!now.equals(stamp)) {
			stamp = now;
			try {
				content = parser.apply(Files.readString(path, StandardCharsets.ISO_8859_1).lines().toList());
			} catch (IOException unreadable) {
				log.atDebug().addKeyValue("file", path).addKeyValue("reason", unreadable.getMessage()).log("dns: file cannot be read");
			}
		}
		return content;
	}

	private String stamp() {
		try {
			BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
			return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
		} catch (IOException missing) {
			return stamp;
		}
	}
}
