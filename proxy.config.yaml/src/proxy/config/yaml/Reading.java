package proxy.config.yaml;

import java.util.List;

/** What a configuration file says, and what is wrong with it. */
record Reading(String file, List<Entry> entries, List<Finding> findings) {

	/** Whether it may be applied. */
	boolean isValid() {
		return findings.stream().noneMatch(finding -> finding.kind() == Finding.Kind.ERROR);
	}

	/** What is not in force because of it: all but warnings. */
	List<Finding> wrong() {
		return findings.stream().filter(finding -> finding.kind() != Finding.Kind.WARNING).toList();
	}

	List<Finding> findings(Finding.Kind kind) {
		return findings.stream().filter(finding -> finding.kind() == kind).toList();
	}

	long count(String section) {
		return entries.stream().filter(entry -> entry.section().equals(section)).count();
	}

	/** "2 listeners, 1 service, 0 rules". */
	String summary() {
		return number("listener") + ", " + number("service") + ", " + number("rule");
	}

	private String number(String thing) {
		long count = count(thing + "s");
		return count + " " + thing + (count == 1 ? "" : "s");
	}
}
