package proxy.discovery.docker;

import java.util.List;
import proxy.api.runtime.Problem;
import proxy.api.runtime.SettingsCheck;

/** Examines the settings for who connects to no engine. */
public final class DockerCheck implements SettingsCheck<DockerConfig> {

	@Override
	public String pid() {
		return "proxy.discovery.docker";
	}

	@Override
	public Class<DockerConfig> type() {
		return DockerConfig.class;
	}

	@Override
	public List<Problem> wrong(DockerConfig settings, Installed installed) {
		try {
			if (!settings.socket().isBlank()) {
				EngineAddress.of(settings.socket().strip());
			}
			return List.of();
		} catch (IllegalArgumentException refused) {
			return List.of(new Problem(Link.SETTING, refused.getMessage()));
		}
	}
}
