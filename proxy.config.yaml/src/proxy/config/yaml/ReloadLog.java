package proxy.config.yaml;

import java.util.List;
import org.slf4j.Logger;

/** Writes to the log what became of a reading, once for the same outcome. */
final class ReloadLog {

	private final Logger log;
	private List<Finding> told = List.of();
	private String trouble = "";
	private boolean loaded;
	private boolean asked;

	ReloadLog(Logger log) {
		this.log = log;
	}

	/** What is told next is told whatever was told before. */
	void forget() {
		told = List.of();
		trouble = "";
		asked = true;
	}

	/** @param changes null when the reading was refused */
	void tell(Reading reading, Changes changes, long millis) {
		List<Finding> before = told;
		told = reading.findings();
		boolean answer = asked || !trouble.isEmpty();
		asked = false;
		trouble = "";
		told.stream().filter(finding -> finding.kind() != Finding.Kind.ERROR && before.stream().noneMatch(finding::isLike))
				.forEach(finding -> log.warn("{}", finding));
		if (changes == null) {
			refused(reading, before);
		} else if (!loaded) {
			loaded = true;
			log.atInfo().addKeyValue("listeners", reading.count("listeners")).addKeyValue("services", reading.count("services"))
					.addKeyValue("rules", reading.count("rules")).log("configuration successfully loaded from {}", reading.file());
			kept(changes);
		} else if (answer || !changes.done().isEmpty() || before.stream().anyMatch(finding -> told.stream().noneMatch(finding::isLike))) {
			log.info("reloaded in {} ms: {}", millis, changes);
		}
	}

	private void refused(Reading reading, List<Finding> before) {
		List<Finding> errors = reading.findings(Finding.Kind.ERROR);
		if (before.containsAll(errors)) {
			return;
		}
		String what = loaded ? "NOT reloaded" : "NOT loaded";
		String still = loaded ? "still running the previous configuration" : "what was in force before, if anything, stays in force";
		if (errors.size() == 1) {
			log.error("{}: {} ({})", what, errors.get(0), still);
		} else {
			errors.forEach(error -> log.error("{}", error));
			log.error("{}: {} problems in {} ({})", what, errors.size(), reading.file(), still);
		}
	}

	private void kept(Changes changes) {
		if (!changes.kept().isEmpty()) {
			log.atInfo().addKeyValue("settings", String.join(", ", changes.kept()))
					.log("kept as changed elsewhere since the file last changed them: {}", String.join(", ", changes.kept()));
		}
	}

	/** For trouble that has no place in a file. */
	void trouble(String message) {
		if (!message.equals(trouble)) {
			log.error("{}; what is in force stays", message);
		}
		trouble = message;
		asked = false;
	}
}
