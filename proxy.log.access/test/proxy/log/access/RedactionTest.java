package proxy.log.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

	private final Redaction redaction = new Redaction(
			List.of("token", "passkey"),
			List.of("/announce/{key}", "/scrape/{key}", "/{key}/announce", "/api/v1/key/{key}", "/a/{b}/c/{d}"));

	@ParameterizedTest
	@CsvSource(delimiter = ' ', quoteCharacter = '~', value = {
		// query
		"/api/v1/stats?token=SECRET /api/v1/stats?token=***",
		"/?a=1&token=SECRET&b=2 /?a=1&token=***&b=2",
		"/?token=SECRET&token=SECOND /?token=***&token=***",
		"/?TOKEN=SECRET&PassKey=x /?TOKEN=***&PassKey=***",
		"/?%74oken=SECRET /?%74oken=***",
		"/?t%6Fke%6e=SECRET /?t%6Fke%6e=***",
		"/?token=a;b=c /?token=***",
		"/?a=b;token=SECRET /?a=b;token=***",
		"/?token=a=b /?token=***",
		"/?token=a?b /?token=***",
		"/?token= /?token=",
		"/?token=&a=b /?token=&a=b",
		"/?token /?token",
		"/?tokens=x&atoken=y /?tokens=x&atoken=y",
		"/?token%3dSECRET /?token%3dSECRET",
		"/?%zz=1&token=SECRET%zz /?%zz=1&token=***",
		"/?&&token=x&& /?&&token=***&&",
		"/?x=token=y /?x=token=y",
		"/token=SECRET /token=SECRET",
		// path
		"/announce/KEY?info_hash=%00 /announce/***?info_hash=%00",
		"/announce/KEY /announce/***",
		"/announce/KEY/ /announce/***/",
		"/announce/KEY/more /announce/***/more",
		"//announce///KEY //announce///***",
		"/ANNOUNCE/KEY /ANNOUNCE/***",
		"/%61nnounce/KEY /%61nnounce/***",
		"/scrape/KEY?passkey=x&y=z /scrape/***?passkey=***&y=z",
		"/KEY/announce?x=1 /***/announce?x=1",
		"/announce /announce",
		"/announce/ /announce/",
		"/announce?info_hash=x /announce?info_hash=x",
		"/x/announce/KEY /***/announce/KEY",
		"/api/v1/key/KEY /api/v1/key/***",
		"/api/v1/stats /api/v1/stats",
		"/a/B/c/D /a/***/c/***",
		"/a/B/x/D /a/B/x/D",
		"* *",
	})
	void leavesSecretsOut(String target, String expected) {
		assertEquals(expected, redacted(target, false));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', quoteCharacter = '~', value = {
		"https://api.example/announce/KEY?token=x https://api.example/announce/***?token=***",
		"https://api.example?token=x https://api.example?token=***",
		"https://api.example/ https://api.example/",
		"/announce/KEY /announce/***",
		"android-app://x/y?passkey=z android-app://x/y?passkey=***",
	})
	void leavesSecretsOutOfUrls(String url, String expected) {
		assertEquals(expected, redacted(url, true));
	}

	@Test
	void hidesTooMuchRatherThanTooLittle() {
		byte[] target = "/?token=1&a=b&token=2&c=d&token=3&e=f".getBytes(StandardCharsets.ISO_8859_1);
		int[] two = new int[4];
		assertEquals(2, redaction.find(target, 0, target.length, two));
		Line line = new Line(1000);
		line.octetsWithout(two, 2, target, 0, target.length, 1000);
		assertEquals("/?token=***&a=b&token=***&e=f", text(line));
	}

	@Test
	void neverLetsPartOfASecretThroughTheLimit() {
		byte[] target = "/?token=SECRET&x".getBytes(StandardCharsets.ISO_8859_1);
		int[] ranges = new int[4];
		for (int limit = 0; limit <= target.length; limit++) {
			Line line = new Line(1000);
			line.octetsWithout(ranges, redaction.find(target, 0, target.length, ranges), target, 0, target.length, limit);
			assertEquals(-1, text(line).indexOf('S'), "limit " + limit);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"announce/{key}", "/announce", "/announce/key}", "/"})
	void refusesPatternsWithoutASecret(String pattern) {
		assertThrows(IllegalArgumentException.class, () -> new Redaction(List.of(), List.of(pattern)));
	}

	private String redacted(String target, boolean url) {
		byte[] bytes = ("##" + target + "##").getBytes(StandardCharsets.ISO_8859_1);
		int[] ranges = new int[16];
		int end = bytes.length - 2;
		int count = url ? redaction.findInUrl(bytes, 2, end, ranges) : redaction.find(bytes, 2, end, ranges);
		Line line = new Line(1000);
		line.octetsWithout(ranges, count, bytes, 2, end, 1000);
		return text(line);
	}

	private static String text(Line line) {
		return new String(line.bytes(), 0, line.length(), StandardCharsets.ISO_8859_1);
	}
}
