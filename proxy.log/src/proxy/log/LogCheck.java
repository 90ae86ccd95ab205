package proxy.log;

import java.util.List;
import proxy.api.runtime.Problem;
import proxy.api.runtime.SettingsCheck;

/** Examines the settings for who logs nothing. */
public final class LogCheck implements SettingsCheck<LogSettings> {

	@Override
	public String pid() {
		return "proxy.log";
	}

	@Override
	public Class<LogSettings> type() {
		return LogSettings.class;
	}

	@Override
	public List<Problem> wrong(LogSettings settings, Installed installed) {
		try {
			LogStyle.of(settings, false);
			return List.of();
		} catch (SettingException refused) {
			return List.of(refused.problem());
		}
	}
}
