package proxy.config.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Collects what there is to say about a configuration, all of it, not only the first. */
final class Findings {

	private final List<Finding> found = new ArrayList<>();
	private final boolean lenient;

	/** @param lenient whether what Pingoo ignores is only a warning: the file is a {@code pingoo.yml} */
	Findings(boolean lenient) {
		this.lenient = lenient;
	}

	boolean lenient() {
		return lenient;
	}

	void error(Position at, String path, String reason) {
		found.add(new Finding(Finding.Kind.ERROR, at, path, reason));
	}

	void warning(Position at, String path, String reason) {
		found.add(new Finding(Finding.Kind.WARNING, at, path, reason));
	}

	void unserved(Position at, String path, String reason) {
		found.add(new Finding(Finding.Kind.UNSERVED, at, path, reason));
	}

	/** An error, unless Pingoo would ignore it and the file is Pingoo's. */
	void ignorable(Position at, String path, String reason) {
		if (lenient) {
			warning(at, path, reason + "; ignored");
		} else {
			error(at, path, reason);
		}
	}

	/** A key that nothing knows. */
	void unknownKey(Position at, String path, String key, Collection<String> known) {
		ignorable(at, path, "unknown key '" + key + "'" + Spelling.hint(key, known));
	}

	/** Everything found, in the order of the files. */
	List<Finding> all() {
		return found.stream()
				.sorted(Comparator.comparingInt((Finding f) -> f.at().line()).thenComparingInt(f -> f.at().column()))
				.sorted(Comparator.comparing((Finding f) -> f.at().file(), this::mainFileFirst))
				.toList();
	}

	private int mainFileFirst(String one, String other) {
		int depth = Integer.compare(one.split("/").length, other.split("/").length);
		return depth != 0 ? depth : one.compareTo(other);
	}
}
