package proxy.captcha;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.api.runtime.Problem;
import proxy.fixtures.RecordedRuntime;

class CaptchaActionTest {

	@TempDir
	Path folder;

	private final RecordedRuntime runtime = new RecordedRuntime();

	private record Config(int difficulty, int challenge_minutes, int verified_hours, String key_file) implements CaptchaConfig {

		@Override
		public Class<? extends Annotation> annotationType() {
			return CaptchaConfig.class;
		}
	}

	@Test
	void takesItsSettings() {
		Settings settings = Settings.of(new Config(4, 10, 24, " keys.json "), folder);
		assertEquals(new Settings(4, Duration.ofMinutes(10), Duration.ofHours(24), Path.of("keys.json").toAbsolutePath()), settings);
		assertEquals(folder, Settings.of(new Config(4, 10, 24, ""), folder).keyFile());
	}

	@Test
	void aWrongSettingIsReportedWithItsPathAndTheGateStaysShut() {
		CaptchaAction action = action(new Config(0, 10, 24, ""));
		assertEquals(List.of(new Problem("captcha.difficulty", "0 is not between 1 and 8")), runtime.problems());
		assertTrue(Files.exists(folder.resolve("captcha_jwks.json")));
		action.stop();
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	void aWrongChangeIsReportedAndChangesNothing() {
		CaptchaAction action = action(new Config(2, 10, 24, ""));
		action.change(new Config(2, 1, 24, ""));
		assertEquals(List.of(new Problem("captcha.challenge_minutes", "1 is not between 2 and 1440")), runtime.problems());
		action.change(new Config(2, 2, 24, ""));
		assertEquals(List.of(), runtime.problems());
		action.change(new Config(2, 2, 0, ""));
		action.stop();
		assertEquals(List.of(), runtime.problems());
	}

	private CaptchaAction action(Config config) {
		return new CaptchaAction(folder.resolve("captcha_jwks.json"), runtime, config, InstantSource.system());
	}
}
