package proxy.captcha;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
		action.addRule(null);
		assertTrue(Files.exists(folder.resolve("captcha_jwks.json")));
		action.stop();
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	void keysAreMadeAndTheirTroubleIsToldOnlyWhileARuleAsks() throws IOException {
		Path file = folder.resolve("captcha_jwks.json");
		Files.writeString(file, "no keys");
		CaptchaAction action = action(new Config(2, 10, 24, ""));
		assertEquals(List.of(), runtime.problems());
		action.addRule(null);
		action.addRule(null);
		assertEquals("captcha.key_file", runtime.problems().get(0).setting());
		action.removeRule(null);
		assertEquals(1, runtime.problems().size());
		action.removeRule(null);
		assertEquals(List.of(), runtime.problems());
		Files.delete(file);
		action.change(new Config(3, 10, 24, ""));
		assertFalse(Files.exists(file));
		action.addRule(null);
		assertTrue(Files.exists(file));
		action.stop();
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

	/** Where a container has its configuration's folder from outside, and another user. */
	@Test
	void itsKeysAreInTheDataFolderWhereTheOthersPlaceMayNotBeWritten() throws IOException {
		Path data = Files.createDirectories(folder.resolve("data"));
		Path own = data.resolve("captcha_jwks.json");
		Path beside = folder.resolve("etc/captcha_jwks.json");
		String certificates = beside.resolveSibling("tls").toString();
		assertEquals(own, CaptchaAction.standardKeyFile(null, data.toString()));
		assertEquals(own, CaptchaAction.standardKeyFile(certificates, data.toString()));
		Files.createDirectories(beside.getParent());
		assertEquals(beside, CaptchaAction.standardKeyFile(certificates, data.toString()));
		assertEquals(Path.of("/captcha_jwks.json"), CaptchaAction.standardKeyFile("/tls", null));
	}

	@Test
	void keysThatAreInTheOthersPlaceStayThere() throws IOException {
		Path beside = folder.resolve("captcha_jwks.json");
		Files.write(beside, KeySet.generate().json());
		assertEquals(beside, CaptchaAction.standardKeyFile(folder.resolve("tls").toString(), folder.resolve("data").toString()));
	}

	private CaptchaAction action(Config config) {
		return new CaptchaAction(folder.resolve("captcha_jwks.json"), runtime, config, InstantSource.system());
	}
}
