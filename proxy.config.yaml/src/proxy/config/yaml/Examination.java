package proxy.config.yaml;

import java.util.ArrayList;
import java.util.List;
import proxy.api.runtime.Problem;
import proxy.api.runtime.SettingsCheck;

/** Has bundles say what they would refuse of a file's settings. While running, their components do. */
final class Examination {

	private final Iterable<SettingsCheck<?>> checks;
	private final SettingsCheck.Installed installed;
	private final Places places;

	Examination(Iterable<SettingsCheck<?>> checks, SettingsCheck.Installed installed, Places places) {
		this.checks = checks;
		this.installed = installed;
		this.places = places;
	}

	Reading check(Reading reading) {
		List<Finding> findings = new ArrayList<>(reading.findings());
		for (Entry entry : reading.entries()) {
			// what could not be read would be examined as if it were not there
			if (reading.findings(Finding.Kind.ERROR).stream().noneMatch(finding -> finding.path().startsWith(entry.path()))) {
				for (SettingsCheck<?> check : checks) {
					if (check.pid().equals(entry.factoryPid())) {
						wrong(check, entry).forEach(problem -> findings.add(new Finding(
								Finding.Kind.UNSERVED, places.of(problem, entry.at()), problem.setting(), problem.reason())));
					}
				}
			}
		}
		return new Reading(reading.file(), reading.entries(), findings);
	}

	private <C> List<Problem> wrong(SettingsCheck<C> check, Entry entry) {
		return check.wrong(ComponentSettings.of(check.type(), entry.properties()), installed);
	}
}
