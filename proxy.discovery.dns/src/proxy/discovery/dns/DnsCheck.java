package proxy.discovery.dns;

import java.util.List;
import proxy.api.runtime.Problem;
import proxy.api.runtime.SettingsCheck;

/** Examines the settings for who resolves nothing. */
public final class DnsCheck implements SettingsCheck<DnsConfig> {

	@Override
	public String pid() {
		return "proxy.discovery.dns";
	}

	@Override
	public Class<DnsConfig> type() {
		return DnsConfig.class;
	}

	@Override
	public List<Problem> wrong(DnsConfig settings, Installed installed) {
		try {
			Settings.of(settings);
			return List.of();
		} catch (IllegalArgumentException refused) {
			return List.of(Problem.of(Settings.PATH, refused));
		}
	}
}
