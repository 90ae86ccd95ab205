package proxy.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.fixtures.Pingoo;

class ConfigurationFileTest {

	@TempDir
	Path home;

	@Test
	@Pingoo("config.place")
	void isTheOneThatIsNamed() throws IOException {
		install();
		Path named = Files.writeString(home.resolve("other.yml"), "");
		assertEquals(Optional.of(named), file("gatehouse.config", named.toString()).find());
	}

	@Test
	void isNoOtherThanTheOneThatIsNamed() throws IOException {
		install();
		ConfigurationFile missing = file("gatehouse.config", home.resolve("missing.yml").toString());
		assertEquals(Optional.empty(), missing.find());
		assertEquals("missing.yml", missing.toString());
	}

	@Test
	@Pingoo("config.place")
	void isInTheInstallationElse() throws IOException {
		Path installed = install();
		ConfigurationFile found = file("gatehouse.home", home.toString());
		assertEquals(Optional.of(installed), found.find());
		assertEquals("etc/gatehouse.yml", found.shown(installed));
		assertEquals("etc/gatehouse.yml, /etc/pingoo/pingoo.yml", found.toString());
	}

	private ConfigurationFile file(String property, String value) {
		return new ConfigurationFile(name -> name.equals(property) ? value : name.equals("gatehouse.home") ? home.toString() : null);
	}

	private Path install() throws IOException {
		return Files.writeString(Files.createDirectory(home.resolve("etc")).resolve("gatehouse.yml"), "");
	}
}
