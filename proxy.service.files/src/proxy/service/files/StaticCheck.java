package proxy.service.files;

import java.util.List;
import proxy.api.runtime.Problem;
import proxy.api.runtime.SettingsCheck;

/** Examines sites' settings for who serves none. */
public final class StaticCheck implements SettingsCheck<StaticConfig> {

	@Override
	public String pid() {
		return "proxy.service.static";
	}

	@Override
	public Class<StaticConfig> type() {
		return StaticConfig.class;
	}

	@Override
	public List<Problem> wrong(StaticConfig settings, Installed installed) {
		try {
			Settings.check(settings, null);
			return List.of();
		} catch (Settings.Refused refused) {
			return List.of(refused.problem());
		}
	}
}
