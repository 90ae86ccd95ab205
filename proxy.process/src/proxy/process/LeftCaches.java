package proxy.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The framework's caches that processes before this one have left, in folders as bin/gatehouse names them. A running one holds the lock of its cache. */
final class LeftCaches {

	private static final String PREFIX = "gatehouse-";
	private static final String LOCK = "cache.lock";

	private final Path own;

	/** @param own the cache of this process; its neighbours are looked at */
	LeftCaches(Path own) {
		this.own = own.toAbsolutePath().normalize();
	}

	void delete() throws IOException {
		for (Path cache : neighbours()) {
			Path lock = cache.resolve(LOCK);
			if (Files.exists(lock) && isFree(lock)) {
				deleteTree(cache);
			}
		}
	}

	private List<Path> neighbours() throws IOException {
		try (Stream<Path> all = Files.list(own.getParent())) {
			return all.filter(path -> !path.equals(own) && path.getFileName().toString().startsWith(PREFIX)).toList();
		}
	}

	private static boolean isFree(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
				FileLock lock = channel.tryLock()) {
			return lock != null;
		}
	}

	private static void deleteTree(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
	}
}
