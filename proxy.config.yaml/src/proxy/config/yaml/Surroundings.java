package proxy.config.yaml;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import proxy.api.rule.ExpressionLanguage;

/** What a file relies on that is not in it. While running, those find out whom it concerns, and look again. */
final class Surroundings {

	private final Set<String> actions;
	private final Path file;
	private final ExpressionLanguage language;

	/**
	 * @param actions the words of those that there are
	 * @param language reads lists; null when there is none
	 */
	Surroundings(Set<String> actions, Path file, ExpressionLanguage language) {
		this.actions = actions;
		this.file = file;
		this.language = language;
	}

	Reading check(Reading reading) {
		List<Finding> findings = new ArrayList<>(reading.findings());
		for (Entry entry : reading.entries()) {
			if (entry.factoryPid().equals("proxy.rule") && entry.properties().get("actions") instanceof String[] words) {
				actions(entry, words, findings);
			} else if (entry.factoryPid().equals("proxy.list") && entry.properties().get("file") instanceof String name) {
				list(entry, name, findings);
			} else if (entry.factoryPid().equals("proxy.service.static") && entry.properties().get("root") instanceof String name) {
				folder(entry, name, entry.path() + ".static.root", findings);
			} else if (entry.pid().equals("proxy.geoip") && entry.properties().get("files") instanceof String[] names) {
				for (int i = 0; i < names.length; i++) {
					file(entry, names[i], entry.path() + ".files[" + i + "]", findings);
				}
			}
		}
		return new Reading(reading.file(), reading.entries(), findings);
	}

	/** Other bundles may bring more: no error. */
	private void actions(Entry rule, String[] words, List<Finding> findings) {
		String path = rule.path() + ".actions";
		for (String word : words) {
			boolean misspelt = findings.stream().anyMatch(
					finding -> finding.path().startsWith(path) && finding.reason().startsWith("unknown action '" + word + "'"));
			if (!word.isBlank() && !actions.contains(word) && !misspelt) {
				findings.add(new Finding(Finding.Kind.WARNING, rule.at(), path,
						"no bundle here provides the action '" + word + "'" + Spelling.hint(word, actions)));
			}
		}
	}

	/** It may be made later: no error. */
	private void folder(Entry entry, String name, String path, List<Finding> findings) {
		try {
			Path found = file.toAbsolutePath().resolveSibling(name.strip());
			if (!Files.isDirectory(found)) {
				findings.add(new Finding(Finding.Kind.WARNING, entry.at(), path, "there is no folder " + found));
			}
		} catch (InvalidPathException e) {
			findings.add(new Finding(Finding.Kind.ERROR, entry.at(), path, "'" + name + "' is no path"));
		}
	}

	private void list(Entry entry, String name, List<Finding> findings) {
		int before = findings.size();
		file(entry, name, entry.path() + ".file", findings);
		if (findings.size() == before && language != null) {
			language.wrongWithList(String.valueOf(entry.properties().get("type")), file.toAbsolutePath().resolveSibling(name.strip()))
					.ifPresent(reason -> findings.add(new Finding(Finding.Kind.UNSERVED, entry.at(), entry.path() + ".file", reason)));
		}
	}

	private void file(Entry entry, String name, String path, List<Finding> findings) {
		try {
			Path found = file.toAbsolutePath().resolveSibling(name.strip());
			if (!Files.isReadable(found)) {
				String reason = Files.exists(found) ? found + " cannot be read: no permission" : "there is no file " + found;
				findings.add(new Finding(Finding.Kind.UNSERVED, entry.at(), path, reason));
			}
		} catch (InvalidPathException e) {
			findings.add(new Finding(Finding.Kind.ERROR, entry.at(), path, "'" + name + "' is no path"));
		}
	}
}
