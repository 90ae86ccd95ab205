package proxy.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import proxy.api.rule.EvaluationException;
import proxy.api.rule.ExpressionException;
import proxy.fixtures.Pingoo;

final class LanguageTest {

	private final Language language = new Language();

	@Test
	void routesByHost() throws ExpressionException {
		String route = "http_request.host == \"api.torrust-demo.com\"";
		assertTrue(test(route, new Request().host("api.torrust-demo.com")));
		assertFalse(test(route, new Request().host("health.torrust-demo.com")));
	}

	@Test
	void saysWhichHostsARouteIsAbout() throws ExpressionException {
		String a = "http_request.host == \"a\"";
		assertEquals(Optional.of(Set.of("a")), language.compile(a).hosts());
		assertEquals(Optional.of(Set.of("a")), language.compile("\"a\" == http_request.host").hosts());
		assertEquals(Optional.of(Set.of("a", "b")), language.compile("http_request.host in [\"a\", \"b\"]").hosts());
		assertEquals(Optional.of(Set.of("a", "b")), language.compile("[\"a\", \"b\"].contains(http_request.host)").hosts());
		assertEquals(Optional.of(Set.of("a")), language.compile(a + " && http_request.path.starts_with(\"/x\")").hosts());
		assertEquals(Optional.of(Set.of("a", "b")), language.compile(a + " || http_request.host == \"b\"").hosts());
		assertEquals(
				Optional.of(Set.of("a")),
				language.compile("(" + a + " || http_request.host == \"b\") && (" + a + ") && client.asn > 5").hosts());
	}

	@Test
	void saysNothingOfHostsWhereAnyMayMatch() throws ExpressionException {
		String a = "http_request.host == \"a\"";
		for (String any : List.of(
				"!(" + a + ")",
				"http_request.host != \"a\"",
				"http_request.path == \"a\"",
				a + " || http_request.path == \"/\"",
				"http_request.host.ends_with(\"a\")",
				"http_request.host in [\"a\", http_request.path]",
				"http_request.host == http_request.path",
				"\"abc\".contains(http_request.host)",
				"http_request.method == \"GET\" ? " + a + " : true")) {
			assertEquals(Optional.empty(), language.compile(any).hosts(), any);
		}
	}

	@Test
	void saysWhatThePartsOfARequestNeverAre() throws ExpressionException {
		String host = ": it is in lower case, without port and without a dot at its end; write ";
		String path = ": it begins with a slash and has none at its end; write ";
		assertRemarks("http_request.path == \"/\"", "1:22 http_request.path is never \"/\"" + path + "\"\"");
		assertRemarks("http_request.path != \"/a/\"", "1:22 http_request.path is never \"/a/\"" + path + "\"/a\"");
		assertRemarks(
				"true && (\"admin\" == http_request.path ||\n http_request.path in [\"/a\", \"/b/\"])",
				"1:10 http_request.path is never \"admin\"" + path + "\"/admin\"",
				"2:30 http_request.path is never \"/b/\"" + path + "\"/b\"");
		assertRemarks("http_request.path.ends_with(\"/\")",
				"1:29 http_request.path never ends with \"/\": it begins with a slash and has none at its end");
		assertRemarks("!starts_with(http_request.path, \"admin\")", "1:33 http_request.path never begins with \"admin\"" + path + "\"/admin\"");
		assertRemarks("http_request.host == \"Example.com:8443\"",
				"1:22 http_request.host is never \"Example.com:8443\"" + host + "\"example.com\"");
		assertRemarks("[\"example.com.\"].contains(http_request.host) ? true : http_request.host.ends_with(\".COM\")",
				"1:2 http_request.host is never \"example.com.\"" + host + "\"example.com\"",
				"1:83 http_request.host never ends with \".COM\"" + host + "\".com\"");
		assertRemarks("http_request.host == \"[::1]:80\"", "1:22 http_request.host is never \"[::1]:80\"" + host + "\"[::1]\"");
		assertEquals(
				"tls.server_name is never \"A.example\"" + host + "\"a.example\"",
				language.forConnections().compile("tls.server_name == \"A.example\"").remarks().get(0).text());
	}

	@Test
	void saysNothingOfWhatMayBe() throws ExpressionException {
		for (String fine : List.of(
				"http_request.path == \"\"", "http_request.path == \"/a\"", "http_request.path.starts_with(\"/a/\")",
				"http_request.path.contains(\"/\")", "http_request.path.ends_with(\".php\")", "http_request.path == \"*\"",
				"http_request.host == \"\"", "http_request.host == \"[::1]\"", "http_request.host.starts_with(\"www.\")",
				"http_request.host.contains(\".\")", "http_request.url == \"/\"", "headers.host == \"A:1\"", "tls.server_name == \"\"")) {
			assertRemarks(fine);
		}
	}

	private void assertRemarks(String expression, String... expected) throws ExpressionException {
		assertEquals(List.of(expected), language.compile(expression).remarks().stream()
				.map(remark -> remark.line() + ":" + remark.column() + " " + remark.text())
				.toList(), expression);
	}

	@Test
	void saysWhichPathsARouteIsAbout() throws ExpressionException {
		String a = "http_request.path.starts_with(\"/a\")";
		assertEquals(Optional.of(Set.of("/a")), language.compile(a).pathPrefixes());
		assertEquals(Optional.of(Set.of("/b")), language.compile("http_request.path == \"/b\"").pathPrefixes());
		assertEquals(Optional.of(Set.of("/b", "/c")), language.compile("http_request.path in [\"/b\", \"/c\"]").pathPrefixes());
		assertEquals(Optional.of(Set.of("/a", "/b")), language.compile(a + " || http_request.path == \"/b\"").pathPrefixes());
		assertEquals(Optional.of(Set.of("/a")), language.compile("client.asn > 5 && " + a).pathPrefixes());
		String both = "http_request.host == \"h\" && " + a;
		assertEquals(Optional.of(Set.of("/a")), language.compile(both).pathPrefixes());
		assertEquals(Optional.of(Set.of("h")), language.compile(both).hosts());
	}

	@Test
	void saysNothingOfPathsWhereAnyMayMatch() throws ExpressionException {
		String a = "http_request.path.starts_with(\"/a\")";
		for (String any : List.of(
				"!" + a,
				"http_request.path != \"/a\"",
				"http_request.url.starts_with(\"/a\")",
				"http_request.path.ends_with(\"/a\")",
				"http_request.path.contains(\"/a\")",
				"\"/a/b\".starts_with(http_request.path)",
				"http_request.path.starts_with(http_request.host)",
				a + " || http_request.host == \"h\"")) {
			assertEquals(Optional.empty(), language.compile(any).pathPrefixes(), any);
		}
	}

	@Test
	void combinesPathAndAddress() throws ExpressionException {
		String rule = "http_request.path.starts_with(\"/api\") && !(client.ip == Ip(\"10.0.0.1\"))";
		assertTrue(test(rule, new Request().path("/api/v1").from("10.0.0.2")));
		assertFalse(test(rule, new Request().path("/api/v1").from("10.0.0.1")));
		assertFalse(test(rule, new Request().path("/other").from("10.0.0.2")));
	}

	@Test
	void aNetworkContainsItsAddresses() throws ExpressionException {
		String rule = "Ip(\"2001:db8::/32\").contains(client.ip)";
		assertTrue(test(rule, new Request().from("2001:db8::1")));
		assertFalse(test(rule, new Request().from("2001:db9::1")));
		assertFalse(test(rule, new Request().from("10.0.0.1")));
	}

	@Pingoo("requests.expressions")
	@Test
	void saysWhereAndWhatWasMeant() {
		ExpressionException e = assertThrows(
				ExpressionException.class, () -> language.compile("http_request.method == \"GET\"\n  && hots == \"x\""));
		assertEquals("2:6 unknown variable 'hots', did you mean 'http_request.host'?", e.line() + ":" + e.column() + " " + e.getMessage());
		e = assertThrows(ExpressionException.class, () -> language.compile("http_request.hots == \"x\""));
		assertEquals("unknown variable 'http_request.hots', did you mean 'host'?", e.getMessage());
		assertThrows(ExpressionException.class, () -> language.compile("client.ip == \"10.0.0.1\""));
	}

	@Pingoo("requests.expressions")
	@Test
	void ofAConnectionThereIsNothingThatOnlyRequestsHave() throws ExpressionException {
		String route = "tls.server_name == \"db.example.com\" && client.ip == Ip(\"10.0.0.1\") && listener != \"\"";
		assertSame(language.forConnections(), language.forConnections());
		language.forConnections().compile(route);
		for (String of : new String[] {"http_request.host", "headers[\"host\"]", "query[\"q\"]", "cookies[\"c\"]"}) {
			ExpressionException e = assertThrows(
					ExpressionException.class, () -> language.forConnections().compile("listener == " + of));
			assertEquals("1:13 '" + of.split("[.\\[]")[0] + "' is of HTTP requests; of a connection there are client, lists, tls, listener",
					e.line() + ":" + e.column() + " " + e.getMessage());
		}
	}

	@Test
	void aConditionThatIsNoBoolIsRefused() {
		ExpressionException e =
				assertThrows(ExpressionException.class, () -> language.compile("http_request.host"));
		assertEquals("a condition needs a Bool, but this is a String", e.getMessage());
	}

	@Test
	void aValueThatOnlyShowsToBeNoBoolDoesNotMatch() throws ExpressionException {
		assertFalse(test("[1, http_request.host][1]", new Request()));
	}

	@Test
	void aFailedEvaluationSaysWhy() throws ExpressionException {
		EvaluationException e = assertThrows(
				EvaluationException.class, () -> test("Int(query[\"page\"]) > 1", new Request().query("page", "two")));
		assertEquals("\"two\" is no Int", e.getMessage());
	}

	private boolean test(String expression, Request request) throws ExpressionException {
		return language.compile(expression).test(request);
	}
}
