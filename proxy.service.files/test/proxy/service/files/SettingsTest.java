package proxy.service.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxy.fixtures.Configuration;

class SettingsTest {

	private static Settings check(String setting, Object value) {
		Map<String, Object> given = new HashMap<>(Map.of("name", "web", "root", "/srv/www"));
		given.put(setting, value);
		return Settings.check(Configuration.of(StaticConfig.class, given), "/etc/gatehouse/gatehouse.yml");
	}

	@Test
	void areFineAsTheyComeWithARoot() {
		Settings settings = check("name", "web");
		assertEquals(Path.of("/srv/www"), settings.root());
		assertEquals(List.of("index.html"), settings.index());
		assertEquals("public, no-cache, must-revalidate", settings.cacheControl());
		assertEquals(Symlinks.INSIDE, settings.symlinks());
		assertEquals(404, settings.notFoundStatus());
		assertEquals(500_000, settings.memoryFileSize());
	}

	@Test
	void lookForARelativeRootBesideTheConfigurationFile() {
		assertEquals(Path.of("/etc/gatehouse/www"), check("root", "./www").root());
	}

	@Test
	void takeThePageForWhatIsNotThereBelowTheRoot() {
		assertEquals("errors/404.html", check("not_found_file", "/errors/404.html").notFound().text());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"root | ' ' | root: a static site needs a folder",
		"index | a/b | index: 'a/b' is no file name",
		"not_found_file | ../x | not_found.file: '../x' is no path of a file below root",
		"not_found_file | errors/ | not_found.file: 'errors/' is no path of a file below root",
		"cache_control | \u00e4 | cache_control: may have visible ASCII characters and blanks only",
		"charset | 'a\nb' | charset: may have visible ASCII characters and blanks only",
		"types | glb | types: 'glb' is not like glb=model/gltf-binary",
		"types | glb=a b | types: 'glb=a b' is not like glb=model/gltf-binary",
		"precompressed | lzma | precompressed: 'lzma' is none of br, zstd, gzip",
		"symlinks | some | symlinks: 'some' is none of inside, never, anywhere"
	})
	void sayWhatIsWrong(String setting, String value, String message) {
		boolean list = setting.equals("index") || setting.equals("types") || setting.equals("precompressed");
		var refused = assertThrows(Settings.Refused.class, () -> check(setting, list ? new String[] {value} : value));
		assertEquals("services.web.static." + message, refused.getMessage());
	}

	@ParameterizedTest
	@CsvSource({"199", "204", "302", "399", "600"})
	void knowWhichStatusesAPageCanHave(int status) {
		assertEquals("services.web.static.not_found.status: is " + status + ", it must be 200, or from 400 to 599",
				assertThrows(Settings.Refused.class, () -> check("not_found_status", status)).getMessage());
	}

	@Test
	void knowMediaTypesByExtension() {
		MediaTypes types = MediaTypes.with(List.of("foo=text/x-foo", ".BAR=application/x-bar", "html=text/html; charset=latin1"), "utf-8");
		assertEquals("text/css; charset=utf-8", types.of("a.css"));
		assertEquals("image/png", types.of("a.b.PNG"));
		assertEquals("text/x-foo; charset=utf-8", types.of("a.foo"));
		assertEquals("application/x-bar", types.of("a.bar"));
		assertEquals("text/html; charset=latin1", types.of("a.html"));
		assertEquals("application/octet-stream", types.of("LICENSE"));
		assertEquals("application/octet-stream", types.of("a.unknown"));
		assertEquals("text/css", MediaTypes.with(List.of(), "").of("a.css"));
	}

	@Test
	void knowWhatIsWorthCompressing() {
		assertTrue(MediaTypes.compressible("text/html; charset=utf-8"));
		assertTrue(MediaTypes.compressible("image/svg+xml"));
		assertTrue(MediaTypes.compressible("application/json"));
		assertFalse(MediaTypes.compressible("image/png"));
		assertFalse(MediaTypes.compressible("font/woff2"));
		assertFalse(MediaTypes.compressible("application/octet-stream"));
	}
}
