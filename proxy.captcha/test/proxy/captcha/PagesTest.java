package proxy.captcha;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagesTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"''                          | en",
		"de                          | de",
		"de-CH, de;q=0.9, en;q=0.8   | de",
		"ja, fr;q=0.5, en;q=0.4      | fr",
		"EN-us,es;q=0.9              | en",
		"es;q=0.3, it;q=0.30, nl;q=0 | es",
		"en;q=0.1, pt-BR ; q=0.2     | pt",
		"ja, *;q=0.5                 | en",
		"fr;q=2, de;q=x, nl;q=0.001  | nl",
		",;q=1,,-                    | en",
	})
	void aVisitorGetsTheLanguageThatCountsMost(String acceptLanguage, String language) {
		assertEquals(language, Pages.preferred(acceptLanguage));
	}

	@Test
	void whoAsksForTooManyGetsEnglish() {
		assertEquals("en", Pages.preferred("x,".repeat(1_000) + "de"));
	}

	@Test
	void everyLanguageHasEveryWordAndNoneThatWouldBreakThePage() {
		Properties english = Page.words("en");
		String page = new String(Page.resource("page.html"), StandardCharsets.UTF_8) + new String(Page.resource("page.js"), StandardCharsets.UTF_8);
		for (String language : Pages.LANGUAGES) {
			Properties words = Page.words(language);
			assertEquals(english.keySet(), words.keySet(), language);
			words.forEach((name, word) -> {
				assertTrue(page.contains("{" + name + "}"), name + " is said nowhere");
				assertFalse(String.valueOf(word).matches(".*[<>&\"\\\\{}].*"), language + ": " + word);
			});
		}
	}
}
