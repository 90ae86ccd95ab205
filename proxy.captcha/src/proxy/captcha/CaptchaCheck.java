package proxy.captcha;

import java.nio.file.Path;
import java.util.List;
import proxy.api.runtime.Problem;
import proxy.api.runtime.SettingsCheck;

/** Examines the settings for who asks nobody. */
public final class CaptchaCheck implements SettingsCheck<CaptchaConfig> {

	@Override
	public String pid() {
		return "proxy.captcha";
	}

	@Override
	public Class<CaptchaConfig> type() {
		return CaptchaConfig.class;
	}

	@Override
	public List<Problem> wrong(CaptchaConfig settings, Installed installed) {
		try {
			Settings.of(settings, Path.of(""));
			return List.of();
		} catch (Settings.Refused refused) {
			return List.of(refused.problem());
		}
	}
}
