package proxy.config.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * What a reload did.
 *
 * @param done "+service api", "~rule block_git", "-listener x", in the order in which it was done
 * @param kept paths of what was left as it had been set elsewhere, in the console for instance
 */
record Changes(List<String> done, List<String> kept) {

	Changes() {
		this(new ArrayList<>(), new ArrayList<>());
	}

	void did(char what, String path) {
		done.add(what + thing(path));
	}

	/** "service api" for {@code services.api}. */
	private static String thing(String path) {
		for (String section : List.of("listeners", "services", "rules", "lists")) {
			if (path.startsWith(section + ".")) {
				return section.substring(0, section.length() - 1) + " " + path.substring(section.length() + 1);
			}
		}
		return path;
	}

	@Override
	public String toString() {
		return done.isEmpty() ? "nothing to change" : String.join(", ", done);
	}
}
