package proxy.tls.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import proxy.pem.IdentityFolder;

/** All pairs of the folder. For one thread. */
final class Pairs {

	private final IdentityFolder folder;
	private final Map<String, Pair> byName = new TreeMap<>();

	Pairs(IdentityFolder folder) {
		this.folder = folder;
	}

	/** @return the pairs that have gone since the last look */
	List<Pair> look() throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.path(), "*.pem")) {
			for (Path file : files) {
				String name = file.getFileName().toString();
				if (!name.startsWith(".")) {
					byName.computeIfAbsent(name.substring(0, name.length() - 4), n -> new Pair(folder, n));
				}
			}
		}
		List<Pair> gone = new ArrayList<>();
		for (Pair pair : byName.values()) {
			pair.look();
			if (pair.gone()) {
				gone.add(pair);
			}
		}
		gone.forEach(pair -> byName.remove(pair.name()));
		return gone;
	}

	/** In order of name. */
	Collection<Pair> all() {
		return byName.values();
	}

	/** @return null when there is none of that name */
	Pair get(String name) {
		return byName.get(name);
	}
}
