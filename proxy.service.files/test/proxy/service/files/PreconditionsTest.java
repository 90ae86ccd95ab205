package proxy.service.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PreconditionsTest {

	private static final long MODIFIED = 784_111_777;
	private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";
	private static final String EARLIER = "Sun, 06 Nov 1994 08:49:36 GMT";
	private static final String LATER = "Sun, 06 Nov 1994 08:49:38 GMT";

	private static Preconditions given(String... namesAndValues) {
		return at(MODIFIED + 100, namesAndValues);
	}

	private static Preconditions at(long now, String... namesAndValues) {
		Map<String, String> fields = namesAndValues.length == 2
				? Map.of(namesAndValues[0], namesAndValues[1])
				: namesAndValues.length == 0 ? Map.of()
				: Map.of(namesAndValues[0], namesAndValues[1], namesAndValues[2], namesAndValues[3]);
		return new Preconditions(name -> fields.getOrDefault(name, ""), "\"tag\"", MODIFIED, now);
	}

	@Test
	void areMetWhenThereAreNone() {
		assertEquals(200, given().status());
		assertTrue(given().rangeCounts());
	}

	@Test
	void compareTagsWeaklyForIfNoneMatch() {
		assertEquals(304, given("if-none-match", "\"tag\"").status());
		assertEquals(304, given("if-none-match", "W/\"tag\"").status());
		assertEquals(304, given("if-none-match", "\"a,b\", \"other\",\"tag\"").status());
		assertEquals(304, given("if-none-match", " * ").status());
		assertEquals(200, given("if-none-match", "\"other\"").status());
		assertEquals(200, given("if-none-match", "tag").status());
		assertEquals(200, given("if-none-match", "\"tag").status());
		assertEquals(200, given("if-none-match", "\"other, \"tag\"").status());
	}

	@Test
	void compareTagsStronglyForIfMatch() {
		assertEquals(200, given("if-match", "\"x\", \"tag\"").status());
		assertEquals(200, given("if-match", "*").status());
		assertEquals(412, given("if-match", "W/\"tag\"").status());
		assertEquals(412, given("if-match", "\"other\"").status());
	}

	@Test
	void compareDatesToTheSecond() {
		assertEquals(304, given("if-modified-since", DATE).status());
		assertEquals(304, given("if-modified-since", LATER).status());
		assertEquals(200, given("if-modified-since", EARLIER).status());
		assertEquals(200, given("if-modified-since", "yesterday").status());
		assertEquals(412, given("if-unmodified-since", EARLIER).status());
		assertEquals(200, given("if-unmodified-since", DATE).status());
		assertEquals(200, given("if-unmodified-since", "yesterday").status());
	}

	@Test
	void preferTagsToDates() {
		assertEquals(200, given("if-none-match", "\"other\"", "if-modified-since", LATER).status());
		assertEquals(200, given("if-match", "\"tag\"", "if-unmodified-since", EARLIER).status());
		assertEquals(412, given("if-match", "\"other\"", "if-none-match", "\"tag\"").status());
	}

	@Test
	void letARangeCountOnlyOfWhatTheClientHas() {
		assertTrue(given("if-range", "\"tag\"").rangeCounts());
		assertFalse(given("if-range", "W/\"tag\"").rangeCounts());
		assertFalse(given("if-range", "\"other\"").rangeCounts());
		assertTrue(given("if-range", DATE).rangeCounts());
		assertFalse(given("if-range", LATER).rangeCounts());
		assertFalse(given("if-range", EARLIER).rangeCounts());
		assertFalse(given("if-range", "yesterday").rangeCounts());
		assertFalse(at(MODIFIED + 1, "if-range", DATE).rangeCounts());
	}

	@Test
	void readAllThreeFormsOfADate() {
		assertEquals(MODIFIED, HttpDate.parse(DATE));
		assertEquals(MODIFIED, HttpDate.parse("Sunday, 06-Nov-94 08:49:37 GMT"));
		assertEquals(MODIFIED, HttpDate.parse("Sun Nov  6 08:49:37 1994"));
		assertEquals(DATE, HttpDate.format(MODIFIED));
		assertNull(HttpDate.parse("Mon, 06 Nov 1994 08:49:37 GMT"));
		assertNull(HttpDate.parse("Sun, 06 Nov 1994 08:49:37 CET"));
	}
}
