package proxy.tls.acme;

import java.util.List;
import proxy.api.runtime.Problem;
import proxy.api.runtime.SettingsCheck;

/** Examines the settings for who orders nothing. */
public final class AcmeCheck implements SettingsCheck<AcmeConfig> {

	@Override
	public String pid() {
		return "proxy.tls.acme";
	}

	@Override
	public Class<AcmeConfig> type() {
		return AcmeConfig.class;
	}

	@Override
	public List<Problem> wrong(AcmeConfig settings, Installed installed) {
		return Settings.of(settings).problems();
	}
}
