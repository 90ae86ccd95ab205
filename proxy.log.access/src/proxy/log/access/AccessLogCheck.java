package proxy.log.access;

import java.util.List;
import proxy.api.runtime.Problem;
import proxy.api.runtime.SettingsCheck;

/** Examines the settings for who logs nothing. */
public final class AccessLogCheck implements SettingsCheck<AccessLogSettings> {

	@Override
	public String pid() {
		return "proxy.log.access";
	}

	@Override
	public Class<AccessLogSettings> type() {
		return AccessLogSettings.class;
	}

	@Override
	public List<Problem> wrong(AccessLogSettings settings, Installed installed) {
		try {
			Rules.of(settings);
			return List.of();
		} catch (Rules.Refused refused) {
			return List.of(refused.problem());
		}
	}
}
