package proxy.service.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

	@Test
	void isTheNamesBetweenSlashes() throws Exception {
		assertEquals(new RequestPath(List.of(), "", true), RequestPath.parse("/"));
		assertEquals(new RequestPath(List.of("a", "b.txt"), "a/b.txt", false), RequestPath.parse("/a/b.txt"));
		assertEquals(new RequestPath(List.of("a", "b"), "a/b/", true), RequestPath.parse("/a/b/"));
	}

	@Test
	void isDecodedExactlyOnce() throws Exception {
		assertEquals(List.of("a b"), RequestPath.parse("/a%20b").names());
		assertEquals(List.of("a%20b"), RequestPath.parse("/a%2520b").names());
		assertEquals(List.of("%2e%2e", "x"), RequestPath.parse("/%252e%252e/x").names());
		assertEquals(List.of("größe.txt"), RequestPath.parse("/gr%C3%B6%c3%9fe.txt").names());
		assertEquals(List.of("a+b"), RequestPath.parse("/a+b").names());
	}

	@Test
	void readsOctetsThatWereNotEncodedAsUtf8() throws Exception {
		assertEquals(List.of("ö"), RequestPath.parse("/\u00C3\u00B6").names());
	}

	@ParameterizedTest
	@ValueSource(strings = {
		"", "a", "*", "//", "//a", "/a//b", "/a//", "/.", "/..", "/../", "/../a", "/a/..", "/a/../b", "/./a", "/a/.", "/%2e%2e",
		"/%2E%2e/a", "/.%2e/a", "/%2e./a", "/a%2f..%2fb", "/..%2fa", "/a%2Fb", "/%2f", "/%2fetc/passwd", "/..\\a", "/..%5ca", "/a\\b", "/%5c",
		"/%c0%ae%c0%ae/a", "/%e0%80%ae/a", "/%c0%af", "/%ff", "/\u00FF", "/%ed%a0%80"
	})
	void leadsNowhere(String raw) throws Exception {
		assertNull(RequestPath.parse(raw));
	}

	@Test
	void leadsNowhereWhenNoFileCanHaveTheName() throws Exception {
		assertNull(RequestPath.parse("/" + "a".repeat(256)));
		assertNull(RequestPath.parse("/" + "%C3%B6".repeat(128)));
		assertNull(RequestPath.parse("/a".repeat(2_000)));
		assertEquals(255, RequestPath.parse("/" + "a".repeat(255)).text().length());
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', quoteCharacter = '"', value = {
		"/ /", "/a/b.txt /a/b.txt", "/%61/b%2Etxt /a/b.txt", "/%6Dembers/ /members/", "/m%65mbers%7e /members~", "/a%20b /a%20b",
		"/gr%c3%b6%C3%9Fe /gr%C3%B6%C3%9Fe", "/%25%6d /%25m", "/%2525 /%2525", "/a%3Fb%23c /a%3Fb%23c", "/a[1]|x /a%5B1%5D%7Cx",
		"/%21$%26'()%2A+,;%3D:%40-._~ /!$&'()*+,;=:@-._~", "/\u00C3\u00B6 /%C3%B6"
	})
	void hasOneFormThatIsServed(String raw, String canonical) throws Exception {
		assertEquals(canonical, RequestPath.parse(raw).canonical(raw));
		assertEquals(canonical, RequestPath.parse(canonical).canonical(canonical));
		assertEquals(RequestPath.parse(raw), RequestPath.parse(canonical));
	}

	@ParameterizedTest
	@ValueSource(strings = {"/%", "/%a", "/%zz", "/a%2", "/%%", "/%00", "/a%00.txt", "/..%00/", "/%2", "/%-1"})
	void isMalformed(String raw) {
		assertThrows(RequestPath.MalformedException.class, () -> RequestPath.parse(raw));
	}

	@Test
	void isHiddenWhenANameBeginsWithADot() throws Exception {
		assertTrue(RequestPath.parse("/.git/config").hidden());
		assertTrue(RequestPath.parse("/a/%2ehtaccess").hidden());
		assertTrue(RequestPath.parse("/...").hidden());
		assertFalse(RequestPath.parse("/.well-known/security.txt").hidden());
		assertTrue(RequestPath.parse("/.well-known/.x").hidden());
		assertFalse(RequestPath.parse("/a.b/c").hidden());
	}
}
