package proxy.test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Octets;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** What the service static answers, with real files, by all protocols alike. */
class StaticSiteTest {

	private static final Instant MODIFIED = Instant.parse("2024-02-29T12:00:00.5Z");
	private static final String LAST_MODIFIED = "Thu, 29 Feb 2024 12:00:00 GMT";
	private static final String DIGITS = "0123456789";
	private static final String TEXT = "much of the same ".repeat(1_000);

	@TempDir
	private static Path folder;

	private static Path root;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() throws IOException {
		root = folder.resolve("www");
		write("index.html", "<h1>start</h1>");
		write("digits.txt", DIGITS);
		write("text.txt", TEXT);
		write("empty.css", "");
		write("picture.png", "png");
		write("about.html", "about");
		write("über uns/größe 1.html", "size");
		write("docs/index.html", "docs");
		write("docs/page.html", "page");
		write("noindex/a.txt", "a");
		write("a b .txt ", "blanks");
		write("app.js", "plain ".repeat(300));
		write("app.js.br", "brotli");
		write("app.js.zst", "zstd");
		write("app.js.gz", "gzip");
		write("members/index.html", "for members");
		write("404.html", "<h1>nothing here</h1>");
		write(".env", "secret");
		write(".well-known/security.txt", "contact");
		Files.writeString(folder.resolve("secret.txt"), "secret");
		Files.writeString(folder.resolve("index.html"), "secret");
		Files.createSymbolicLink(root.resolve("linked.txt"), Path.of("digits.txt"));
		Files.createSymbolicLink(root.resolve("out.txt"), Path.of("../secret.txt"));
		Files.createSymbolicLink(root.resolve("out"), folder);
		Files.createSymbolicLink(root.resolve("odd"), Path.of("/sys/kernel/mm/transparent_hugepage/enabled"));
		gatehouse = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				  https: {address: "https://127.0.0.1:<https>"}
				services:
				  spa:
				    route: http_request.host == "spa.example.com"
				    static: {root: "<root>", not_found: {file: index.html, status: 200}}
				  pages:
				    route: http_request.host == "pages.example.com"
				    static: {root: "<root>", not_found: {file: 404.html}}
				  gone:
				    route: http_request.host == "gone.example.com"
				    static: {root: "<root>", not_found: {file: /404.html, status: 410}}
				  open:
				    route: http_request.host == "open.example.com"
				    static:
				      root: "<root>"
				      index: [page.html]
				      html_completion: false
				      hidden_files: true
				      symlinks: anywhere
				      cache_control: "max-age=60"
				      compression: false
				      precompressed: []
				      types: ["txt=text/x-test"]
				      charset: ""
				      nosniff: false
				  site:
				    static: {root: "<root>"}
				rules:
				  members:
				    expression: http_request.path.starts_with("/members")
				    actions: [{action: block}]
				""").with("root", root).environment("LC_ALL", "C").start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
	}

	private static Path write(String name, String content) throws IOException {
		Path file = root.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
		return Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
	}

	private static Response send(Protocol protocol, Request request) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			return client.send(request);
		}
	}

	private static Response get(Protocol protocol, String target, String... fields) throws IOException {
		Request request = Request.get(target);
		for (int i = 0; i < fields.length; i += 2) {
			request = request.with(fields[i], fields[i + 1]);
		}
		return send(protocol, request);
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"static.fields", "static.etag", "static.last-modified", "static.content-type", "static.server"})
	void describesWhatItSends(Protocol protocol) throws IOException {
		Response response = get(protocol, "/digits.txt");
		assertEquals(200, response.status());
		assertEquals(DIGITS, response.text());
		assertEquals("10", response.fields().get("content-length"));
		assertEquals("text/plain; charset=utf-8", response.fields().get("content-type"));
		assertEquals("public, no-cache, must-revalidate", response.fields().get("cache-control"));
		assertEquals(LAST_MODIFIED, response.fields().get("last-modified"));
		assertEquals("nosniff", response.fields().get("x-content-type-options"));
		assertEquals("bytes", response.fields().get("accept-ranges"));
		assertTrue(response.fields().get("etag").matches("\"[A-Za-z0-9_-]{24}\""), response::toString);
		assertFalse(response.fields().has("server"));
		assertFalse(response.fields().has("vary"));
		assertEquals("image/png", get(protocol, "/picture.png").fields().get("content-type"));
		assertEquals("0", get(protocol, "/empty.css").fields().get("content-length"));
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("static.head")
	void answersHeadLikeGetWithoutContent(Protocol protocol) throws IOException {
		for (String target : List.of("/digits.txt", "/text.txt", "/empty.css")) {
			Response get = get(protocol, target);
			Response head = send(protocol, Request.of("HEAD", target));
			assertEquals(200, head.status());
			assertEquals(0, head.content().length);
			for (String name : List.of("content-length", "content-type", "etag", "last-modified", "cache-control")) {
				assertEquals(get.fields().get(name), head.fields().get(name), target + " " + name);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"static.methods", "answer.static-405"})
	void allowsGetAndHeadAlone(Protocol protocol) throws IOException {
		for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get")) {
			Response response = send(protocol, Request.of(method, "/digits.txt"));
			assertEquals(405, response.status(), method);
			assertEquals("GET, HEAD", response.fields().get("allow"));
			assertEquals("405 Method Not Allowed", response.text());
			assertEquals("private, no-cache, no-store, must-revalidate", response.fields().get("cache-control"));
		}
		assertEquals(405, send(protocol, Request.post("/digits.txt", new byte[100_000])).status());
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"static.index", "static.folder"})
	void servesTheIndexOfAFolder(Protocol protocol) throws IOException {
		assertEquals("<h1>start</h1>", get(protocol, "/").text());
		assertEquals("docs", get(protocol, "/docs/?a=b").text());
		assertMoved("/docs/", get(protocol, "/docs"));
		assertMoved("/docs/?a=b&c", get(protocol, "/docs?a=b&c"));
		assertEquals(404, get(protocol, "/noindex").status());
		assertEquals(404, get(protocol, "/noindex/").status());
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"static.html", "static.trailing-slash"})
	void completesNamesWithHtml(Protocol protocol) throws IOException {
		assertEquals("about", get(protocol, "/about").text());
		assertEquals("text/html; charset=utf-8", get(protocol, "/about").fields().get("content-type"));
		assertEquals("page", get(protocol, "/docs/page").text());
		assertMoved("/about?x", get(protocol, "/about/?x"));
		assertMoved("/digits.txt", get(protocol, "/digits.txt/"));
	}

	private static void assertMoved(String location, Response response) {
		assertEquals(301, response.status());
		assertEquals(location, response.fields().get("location"));
		assertEquals("private, no-cache, no-store, must-revalidate", response.fields().get("cache-control"));
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("static.percent-encoding")
	void decodesThePathOnce(Protocol protocol) throws IOException {
		assertEquals("size", get(protocol, "/%C3%BCber%20uns/gr%C3%B6%C3%9Fe%201.html").text());
		assertEquals("size", get(protocol, "/%C3%BCber%20uns/gr%C3%B6%C3%9Fe%201").text());
		assertMoved("/%C3%BCber%20uns/gr%C3%B6%C3%9Fe%201?a=%62", get(protocol, "/%C3%BCber%20uns/gr%c3%b6%c3%9fe%201?a=%62"));
		assertMoved("/digits.txt", get(protocol, "/%64igits%2etxt"));
		assertEquals(404, get(protocol, "/%2564igits.txt").status());
		assertEquals(400, get(protocol, "/%zz").status());
		assertMoved("/docs", get(protocol, "/d%6Fcs"));
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("static.blanks")
	void aBlankAtTheEndOfANameIsPartOfIt(Protocol protocol) throws IOException {
		assertEquals("blanks", get(protocol, "/a%20b%20.txt%20").text());
		assertEquals(404, get(protocol, "/a%20b%20.txt").status());
		assertEquals(404, get(protocol, "/digits.txt%20").status());
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("static.listing")
	void listsNoFolder(Protocol protocol) throws IOException {
		assertEquals(404, get(protocol, "/noindex/").status());
		assertEquals("a", get(protocol, "/noindex/a.txt").text());
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("static.percent-encoding")
	void noEncodingOfAPathGetsAroundARule(Protocol protocol) throws IOException {
		for (String target : List.of("/members", "/members/", "/members/index", "/members/index.html")) {
			assertEquals(403, get(protocol, target).status(), target);
		}
		for (String target : List.of("/%6Dembers", "/%6dembers/", "/m%65mbers/index", "/member%73/index%2Ehtml", "/%6D%65%6D%62%65%72%73/")) {
			Response response = get(protocol, target);
			assertEquals(301, response.status(), target);
			assertFalse(response.text().contains("for members"), target);
			assertTrue(response.fields().get("cache-control").contains("no-store"), target);
			assertEquals(403, get(protocol, response.fields().get("location")).status(), target);
			assertEquals(301, send(protocol, Request.of("HEAD", target)).status(), target);
		}
		assertEquals(404, get(protocol, "/%6Dembers%2F").status());
		assertEquals(404, get(protocol, "/x/../%6Dembers/").status());
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("static.traversal")
	void letsNobodyOut(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			for (String target : List.of(
					"/..", "/../", "/../secret.txt", "/docs/../../secret.txt", "/docs/../digits.txt", "/./digits.txt", "/docs/..", "/docs/.",
					"/%2e%2e", "/%2e%2e/", "/%2e%2e/secret.txt", "/%2E%2E%2Fsecret.txt", "/.%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt",
					"/docs%2f..%2f..%2fsecret.txt", "/docs%2fpage.html", "/%252e%252e/secret.txt", "/%252e%252e%252fsecret.txt",
					"/%25252e%25252e/secret.txt", "/..%255csecret.txt", "/..%5csecret.txt", "/%2e%2e%5csecret.txt", "/..%5c..%5csecret.txt",
					"/docs%5cpage.html", "/%c0%ae%c0%ae/secret.txt", "/%c0%ae%c0%ae%c0%afsecret.txt", "/%e0%80%ae%e0%80%ae/secret.txt",
					"/..%c0%afsecret.txt", "/..%u2215secret.txt", "/%uff0e%uff0e/secret.txt", "/..;/secret.txt", "/..%3b/secret.txt",
					"//", "//secret.txt", "//etc/passwd", "///etc/passwd", "/docs//page.html", "/docs/page.html//", "/%2f", "/%2fetc/passwd", "/%2f%2f",
					"/%00", "/digits.txt%00", "/digits.txt%00.html", "/..%00/secret.txt", "/%00/../secret.txt", "/.env", "/%2eenv", "/docs/../.env",
					"/out.txt", "/out/", "/out", "/out/secret.txt", "/out/www/out/secret.txt", "/" + "../".repeat(50) + "etc/passwd",
					"/" + "%2e%2e%2f".repeat(50) + "etc/passwd", "/" + "a".repeat(251), "/" + "a".repeat(255), "/" + "a".repeat(300), "/" + "a/".repeat(3_000), "/etc/passwd", "/C:/", "/~root/",
					"/digits.txt/..", "/digits.txt/x", "/digits.txt/../../secret.txt")) {
				Response response = client.send(Request.get(target));
				if (response.status() == 301) {
					assertFalse(response.fields().get("location").startsWith("//"), target);
					response = client.send(Request.get(response.fields().get("location")));
				}
				assertTrue(response.status() == 404 || response.status() == 400, target + " " + response);
				assertFalse(response.text().contains("secret"), target);
				assertNull(response.fields().get("location"), target);
			}
			for (String target : List.of("/..\\secret.txt", "/\\..\\secret.txt", "/docs\\page.html", "/..\u00C0\u00AFsecret.txt", "/../", "/%")) {
				Response response = get(protocol, target);
				assertTrue(response.status() == 404 || response.status() == 400, target + " " + response);
				assertFalse(response.text().contains("secret"), target);
			}
			assertEquals(DIGITS, client.send(Request.get("/digits.txt")).text());
		}
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"static.symlinks", "static.hidden"})
	void followsLinksBelowTheRootAlone(Protocol protocol) throws IOException {
		assertEquals(DIGITS, get(protocol, "/linked.txt").text());
		assertEquals(404, get(protocol, "/out.txt").status());
		assertEquals(404, get(protocol, "/.env").status());
		assertEquals("contact", get(protocol, "/.well-known/security.txt").text());
		assertEquals("secret", send(protocol, Request.get("/out.txt").to("open.example.com")).text());
		assertEquals("secret", send(protocol, Request.get("/.env").to("open.example.com")).text());
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"answer.static-404", "static.not-found"})
	void hasAPageForWhatIsNotThere(Protocol protocol) throws IOException {
		Response plain = get(protocol, "/nothing");
		assertEquals(404, plain.status());
		assertEquals("404 Not Found.", plain.text());
		assertEquals("text/plain; charset=utf-8", plain.fields().get("content-type"));
		assertEquals("private, no-cache, no-store, must-revalidate", plain.fields().get("cache-control"));
		Response page = send(protocol, Request.get("/nothing").to("pages.example.com").with("If-None-Match", "*").with("Range", "bytes=0-1"));
		assertEquals(404, page.status());
		assertEquals("<h1>nothing here</h1>", page.text());
		assertEquals("text/html; charset=utf-8", page.fields().get("content-type"));
		assertFalse(page.fields().has("etag"));
		assertEquals(404, send(protocol, Request.get("/../x").to("pages.example.com")).status());
		assertEquals(410, send(protocol, Request.get("/nothing").to("gone.example.com")).status());
		assertEquals("<h1>nothing here</h1>", send(protocol, Request.get("/404.html").to("pages.example.com")).text());
		Response route = send(protocol, Request.get("/deep/route").to("spa.example.com"));
		assertEquals(200, route.status());
		assertEquals("<h1>start</h1>", route.text());
		Request again = Request.get("/deep/route").to("spa.example.com").with("If-None-Match", route.fields().get("etag"));
		assertEquals(304, send(protocol, again).status());
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("answer.static-500")
	void saysWhenAFileCannotBeRead(Protocol protocol) throws IOException {
		// a file of the kernel's: there is less in it than its size says
		Response response = send(protocol, Request.get("/odd").to("open.example.com"));
		assertEquals(500, response.status());
		assertEquals("500 Internal Server Error", response.text());
		assertEquals("private, no-cache, no-store, must-revalidate", response.fields().get("cache-control"));
		Await.until("a line that says which file", () -> gatehouse.log().any("transparent_hugepage"));
		assertFalse(gatehouse.log().any("\\tat proxy"));
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"static.if-none-match", "static.conditions"})
	void sendsNothingToWhomHasIt(Protocol protocol) throws IOException {
		String tag = get(protocol, "/digits.txt").fields().get("etag");
		for (String condition : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
			Response response = get(protocol, "/digits.txt", "If-None-Match", condition);
			assertEquals(304, response.status(), condition);
			assertEquals(0, response.content().length);
			assertEquals(tag, response.fields().get("etag"));
			assertEquals("public, no-cache, must-revalidate", response.fields().get("cache-control"));
			assertFalse(response.fields().has("content-length"), response::toString);
		}
		assertEquals(304, send(protocol, Request.of("HEAD", "/digits.txt").with("If-None-Match", tag)).status());
		assertEquals(200, get(protocol, "/digits.txt", "If-None-Match", "\"other\"", "If-Modified-Since", LAST_MODIFIED).status());
		assertEquals(304, get(protocol, "/digits.txt", "If-None-Match", "\"a\"", "If-None-Match", tag).status());
		assertEquals(304, get(protocol, "/digits.txt", "If-Modified-Since", LAST_MODIFIED).status());
		assertEquals(200, get(protocol, "/digits.txt", "If-Modified-Since", "Thu, 29 Feb 2024 11:59:59 GMT").status());
		assertEquals(412, get(protocol, "/digits.txt", "If-Match", "\"other\"").status());
		assertEquals(200, get(protocol, "/digits.txt", "If-Match", tag).status());
		assertEquals(412, get(protocol, "/digits.txt", "If-Unmodified-Since", "Thu, 29 Feb 2024 11:59:59 GMT").status());
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("static.range")
	void sendsTheRangesAskedFor(Protocol protocol) throws IOException {
		Response one = get(protocol, "/digits.txt", "Range", "bytes=2-4");
		assertEquals(206, one.status());
		assertEquals("234", one.text());
		assertEquals("bytes 2-4/10", one.fields().get("content-range"));
		assertEquals("3", one.fields().get("content-length"));
		assertEquals("text/plain; charset=utf-8", one.fields().get("content-type"));
		assertEquals("789", get(protocol, "/digits.txt", "Range", "bytes=-3").text());
		assertEquals("89", get(protocol, "/digits.txt", "Range", "bytes=8-100").text());
		Response several = get(protocol, "/digits.txt", "Range", "bytes=0-0,-1");
		assertEquals(206, several.status());
		String boundary = several.fields().get("content-type").replaceFirst("multipart/byteranges; boundary=", "");
		assertEquals("--B\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 0-0/10\r\n\r\n0\r\n"
				+ "--B\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 9-9/10\r\n\r\n9\r\n--B--\r\n",
				several.text().replace(boundary, "B"));
		Response none = get(protocol, "/digits.txt", "Range", "bytes=10-");
		assertEquals(416, none.status());
		assertEquals("bytes */10", none.fields().get("content-range"));
		assertEquals(200, get(protocol, "/digits.txt", "Range", "bytes=0-,0-,0-").status());
		assertEquals(DIGITS, get(protocol, "/digits.txt", "Range", "bytes=0-4,3-6").text());
		assertEquals(200, get(protocol, "/digits.txt", "Range", "lines=1-2").status());
		assertEquals(200, send(protocol, Request.of("HEAD", "/digits.txt").with("Range", "bytes=0-1")).status());
		String tag = one.fields().get("etag");
		assertEquals("0", get(protocol, "/digits.txt", "Range", "bytes=0-0", "If-Range", tag).text());
		assertEquals("0", get(protocol, "/digits.txt", "Range", "bytes=0-0", "If-Range", LAST_MODIFIED).text());
		assertEquals(DIGITS, get(protocol, "/digits.txt", "Range", "bytes=0-0", "If-Range", "\"other\"").text());
		assertEquals(304, get(protocol, "/digits.txt", "Range", "bytes=0-0", "If-None-Match", tag).status());
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"static.compression", "static.precompressed"})
	void sendsCompressedFormsToWhomWantsThem(Protocol protocol) throws IOException {
		Response compressed = get(protocol, "/text.txt", "Accept-Encoding", "gzip, deflate, br");
		assertEquals("gzip", compressed.fields().get("content-encoding"));
		assertEquals("accept-encoding", compressed.fields().get("vary"));
		assertEquals("text/plain; charset=utf-8", compressed.fields().get("content-type"));
		assertArrayEquals(Octets.of(TEXT), new GZIPInputStream(new ByteArrayInputStream(compressed.content())).readAllBytes());
		Response plain = get(protocol, "/text.txt");
		assertEquals(TEXT, plain.text());
		assertNull(plain.fields().get("content-encoding"));
		assertEquals("accept-encoding", plain.fields().get("vary"));
		assertNotEquals(plain.fields().get("etag"), compressed.fields().get("etag"));
		assertEquals(304, get(protocol, "/text.txt", "Accept-Encoding", "gzip", "If-None-Match", compressed.fields().get("etag")).status());
		assertEquals(200, get(protocol, "/text.txt", "If-None-Match", compressed.fields().get("etag")).status());
		assertEquals("brotli", get(protocol, "/app.js", "Accept-Encoding", "gzip, deflate, br, zstd").text());
		assertEquals("br", get(protocol, "/app.js", "Accept-Encoding", "gzip, br").fields().get("content-encoding"));
		assertEquals("zstd", get(protocol, "/app.js", "Accept-Encoding", "gzip;q=0.5, zstd;q=0.9, br;q=0").text());
		assertEquals("gzip", get(protocol, "/app.js", "Accept-Encoding", "gzip").text());
		assertEquals("plain ".repeat(300), get(protocol, "/app.js", "Accept-Encoding", "br;q=0, identity").text());
		assertFalse(get(protocol, "/picture.png", "Accept-Encoding", "gzip").fields().has("vary"));
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"static.cache-control", "static.settings"})
	void doesWhatItsSettingsSay(Protocol protocol) throws IOException {
		Request request = Request.get("/text.txt").to("open.example.com").with("Accept-Encoding", "gzip");
		Response response = send(protocol, request);
		assertEquals("max-age=60", response.fields().get("cache-control"));
		assertEquals("text/x-test", response.fields().get("content-type"));
		assertFalse(response.fields().has("x-content-type-options"));
		assertFalse(response.fields().has("content-encoding"));
		assertFalse(response.fields().has("vary"));
		assertEquals("page", send(protocol, Request.get("/docs/").to("open.example.com")).text());
		assertEquals(404, send(protocol, Request.get("/about").to("open.example.com")).status());
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("static.memory")
	void noticesThatAFileChanged(Protocol protocol) throws IOException {
		write("news.txt", "old");
		assertEquals("old", get(protocol, "/news.txt").text());
		Files.writeString(folder.resolve("next"), "new");
		Files.setLastModifiedTime(folder.resolve("next"), FileTime.from(MODIFIED));
		Files.move(folder.resolve("next"), root.resolve("news.txt"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
		Await.until("the new file", () -> get(protocol, "/news.txt").text().equals("new"));
		Files.delete(root.resolve("news.txt"));
		Await.until("no file", () -> get(protocol, "/news.txt").status() == 404);
	}

	@Test
	void aRefusedChangeDoesNotMoveTheSiteBeforeToAnotherRoute() throws IOException {
		String moving = """
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				  https: {address: "https://127.0.0.1:<https>"}
				services:
				  site: {route: http_request.path.starts_with("/ROUTE"), static: {root: "<root>", not_found: {status: STATUS}}}
				""";
		Path site = Files.createDirectory(folder.resolve("moving"));
		Files.writeString(site.resolve("a.txt"), "a");
		Files.writeString(site.resolve("b.txt"), "b");
		try (TestGatehouse other =
				TestGatehouse.configured(moving.replace("ROUTE", "a").replace("STATUS", "404")).with("root", site).start()) {
			awaitStatus(other, "/a.txt", 200);
			other.configure(moving.replace("ROUTE", "a").replace("STATUS", "302"));
			other.log().await("not in force", "services.site.static.not_found.status: is 302");
			awaitStatus(other, "/a.txt", 200);
			other.configure(moving.replace("ROUTE", "b").replace("STATUS", "302"));
			awaitStatus(other, "/b.txt", 503);
			awaitStatus(other, "/a.txt", 404);
			other.configure(moving.replace("ROUTE", "a").replace("STATUS", "302"));
			awaitStatus(other, "/a.txt", 200);
			other.configure(moving.replace("ROUTE", "b").replace("STATUS", "404"));
			awaitStatus(other, "/b.txt", 200);
		}
	}

	private static void awaitStatus(TestGatehouse other, String target, int status) {
		Await.until(status + " for " + target, () -> {
			try (Client client = Protocol.HTTP_1.connect(other)) {
				return client.send(Request.get(target)).status() == status;
			}
		});
	}
}
