package proxy.config.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what there is to say about a configuration, all of it, not only the first. */
final class Findings {

	private final List<Finding> found = new ArrayList<>();
	private final Set<String> meant = new HashSet<>();
	private final boolean lenient;

	/** @param lenient whether what Pingoo ignores is only a warning: the file is a {@code pingoo.yml} */
	Findings(boolean lenient) {
		this.lenient = lenient;
	}

	boolean lenient() {
		return lenient;
	}

	/** An error; of several about the same value only the first counts, the others follow from it. */
	void error(Position at, String path, String reason) {
		if (found.stream().noneMatch(finding -> finding.path().equals(path) && finding.at().equals(at))) {
			found.add(new Finding(Finding.Kind.ERROR, at, path, reason));
		}
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

	/** A key that nothing knows; its path ends with it. */
	void unknownKey(Position at, String path, String key, Collection<String> known) {
		ignorable(at, path, "unknown key '" + key + "'" + Spelling.hint(key, known));
		if (!lenient) {
			Spelling.closest(key, known).ifPresent(word -> meant.add(path.substring(0, path.length() - key.length()) + word));
		}
	}

	/** A setting that has to be there, unless something was said about it already. */
	void missing(Position at, String path, String reason) {
		if (!meant.contains(path) && found.stream().noneMatch(finding -> finding.path().equals(path))) {
			error(at, path, "missing; " + reason);
		}
	}

	/** Everything found, in the order of the files, the main file first. */
	List<Finding> all() {
		List<String> files = found.stream().map(finding -> finding.at().file()).distinct().toList();
		return found.stream()
				.sorted(Comparator.comparingInt((Finding finding) -> files.indexOf(finding.at().file()))
						.thenComparingInt(finding -> finding.at().line()).thenComparingInt(finding -> finding.at().column()))
				.toList();
	}
}
