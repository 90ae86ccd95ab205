package proxy.core.gateway;

import java.util.List;
import proxy.api.runtime.Problem;
import proxy.api.runtime.SettingsCheck;

/** Examines listeners' settings for who does not listen. */
public final class ListenerCheck implements SettingsCheck<ListenerConfig> {

	@Override
	public String pid() {
		return "proxy.listener";
	}

	@Override
	public Class<ListenerConfig> type() {
		return ListenerConfig.class;
	}

	@Override
	public List<Problem> wrong(ListenerConfig settings, Installed installed) {
		try {
			ListenerSettings.check(settings);
			return List.of();
		} catch (IllegalArgumentException refused) {
			return List.of(Problem.of(ListenerSettings.setting(settings), refused));
		}
	}
}
