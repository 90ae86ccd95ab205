package proxy.process;

import java.util.List;
import proxy.api.runtime.Problem;
import proxy.api.runtime.SettingsCheck;

/** Examines the settings for who starts nothing. */
public final class ChildCheck implements SettingsCheck<ChildConfig> {

	@Override
	public String pid() {
		return "proxy.child_process";
	}

	@Override
	public Class<ChildConfig> type() {
		return ChildConfig.class;
	}

	@Override
	public List<Problem> wrong(ChildConfig settings, Installed installed) {
		try {
			Command.of(settings, null);
			return List.of();
		} catch (WrongSettingException refused) {
			return List.of(refused.problem());
		}
	}
}
