package proxy.captcha;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import proxy.api.runtime.Problem;

/** The configuration, checked. */
record Settings(int difficulty, Duration challenge, Duration verified, Path keyFile) {

	/** A setting that cannot be used; the message begins with its path. */
	static final class Refused extends IllegalArgumentException {

		private static final long serialVersionUID = 1;

		private final transient Problem problem;

		Refused(String attribute, String reason) {
			super("captcha." + attribute + ": " + reason);
			problem = new Problem("captcha." + attribute, reason);
		}

		Problem problem() {
			return problem;
		}
	}

	/** @param standard the key file when none is named */
	static Settings of(CaptchaConfig config, Path standard) {
		return new Settings(
				within("difficulty", config.difficulty(), 1, 8),
				Duration.ofMinutes(within("challenge_minutes", config.challenge_minutes(), 2, 1440)),
				Duration.ofHours(within("verified_hours", config.verified_hours(), 1, 8760)),
				keyFile(config.key_file(), standard));
	}

	/** What is in force as long as nothing usable has been configured: the gate stays shut. */
	static Settings standard(Path keyFile) {
		return new Settings(
				CaptchaConfig.DIFFICULTY,
				Duration.ofMinutes(CaptchaConfig.CHALLENGE_MINUTES),
				Duration.ofHours(CaptchaConfig.VERIFIED_HOURS),
				keyFile);
	}

	private static int within(String attribute, int value, int least, int most) {
		if (value < least || value > most) {
			throw new Refused(attribute, value + " is not between " + least + " and " + most);
		}
		return value;
	}

	private static Path keyFile(String name, Path standard) {
		try {
			return name.isBlank() ? standard : Path.of(name.strip()).toAbsolutePath();
		} catch (InvalidPathException e) {
			throw new Refused("key_file", "'" + name + "' is no file name: " + e.getReason());
		}
	}
}
