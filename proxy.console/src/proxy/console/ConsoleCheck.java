package proxy.console;

import java.util.List;
import proxy.api.runtime.Problem;
import proxy.api.runtime.SettingsCheck;

/** Examines the settings for who opens no console. */
public final class ConsoleCheck implements SettingsCheck<ConsoleSettings> {

	@Override
	public String pid() {
		return "proxy.console";
	}

	@Override
	public Class<ConsoleSettings> type() {
		return ConsoleSettings.class;
	}

	@Override
	public List<Problem> wrong(ConsoleSettings settings, Installed installed) {
		try {
			if (!settings.address().isBlank()) {
				ConsoleAddress.parse(settings.address());
			}
			return List.of();
		} catch (IllegalArgumentException refused) {
			return List.of(new Problem(ConsolePort.SETTING, refused.getMessage()));
		}
	}
}
