package proxy.service.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {

	@TempDir
	Path folder;

	private Path root;
	private Sites sites;

	@BeforeEach
	void prepare() throws IOException {
		root = Files.createDirectory(folder.resolve("root")).toRealPath();
		sites = new Sites(root);
		Sites.write(folder.resolve("secret.txt"), "secret");
		Sites.write(folder.resolve("index.html"), "the folder above");
	}

	/** The file below the root, "+/" or "-/" for a redirect, "" for nothing. */
	private String look(String raw) throws Exception {
		return look(sites.site(), raw);
	}

	private String look(Site site, String raw) throws Exception {
		RequestPath path = RequestPath.parse(raw);
		Site.Look look = path == null ? new Site.Missing() : site.look(path);
		if (look instanceof Site.Found found) {
			Path file = found.resource().file();
			return file.startsWith(root) ? root.relativize(file).toString() : file.toString();
		}
		return look instanceof Site.Moved moved ? moved.toFolder() ? "+/" : "-/" : "";
	}

	@Test
	void findsFiles() throws Exception {
		Sites.write(root.resolve("a/b c.txt"), "");
		assertEquals("a/b c.txt", look("/a/b%20c.txt"));
		assertEquals("", look("/a/nothing"));
		assertEquals("", look("/nothing/at/all"));
		assertEquals("", look("/a/b%20c.txt/d"));
	}

	@Test
	void findsTheIndexOfAFolderBehindItsSlash() throws Exception {
		Sites.write(root.resolve("a/index.html"), "");
		Sites.write(root.resolve("b/index.htm"), "");
		Files.createDirectory(root.resolve("c"));
		assertEquals("a/index.html", look("/a/"));
		assertEquals("b/index.htm", look("/b/"));
		assertEquals("+/", look("/a"));
		assertEquals("", look("/c"));
		assertEquals("", look("/c/"));
		assertEquals("", look("/"));
	}

	@Test
	void neverServesTheFolderAbove() throws Exception {
		for (String raw : List.of("/..", "/../", "/../index.html", "/%2e%2e", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/..\\secret.txt")) {
			assertEquals("", look(raw), raw);
		}
	}

	@Test
	void completesNamesWithHtml() throws Exception {
		Sites.write(root.resolve("page.html"), "");
		Sites.write(root.resolve("blog.html"), "");
		Sites.write(root.resolve("blog/post.html"), "");
		Sites.write(root.resolve("v1.2.html"), "");
		assertEquals("page.html", look("/page"));
		assertEquals("blog.html", look("/blog"));
		assertEquals("blog/post.html", look("/blog/post"));
		assertEquals("v1.2.html", look("/v1.2"));
		assertEquals("-/", look("/page/"));
		assertEquals("", look(sites.noHtmlCompletion().site(), "/page"));
	}

	@Test
	void completesNoNameThatWouldBeTooLong() throws Exception {
		Sites.write(root.resolve("a".repeat(250) + ".html"), "");
		Sites.write(root.resolve("b".repeat(255)), "");
		assertEquals("a".repeat(250) + ".html", look("/" + "a".repeat(250)));
		assertEquals("b".repeat(255), look("/" + "b".repeat(255)));
		for (int length = 251; length <= 256; length++) {
			assertEquals("", look("/" + "c".repeat(length)));
			assertEquals("", look("/" + "%C3%B6".repeat(length / 2) + "/"));
		}
	}

	@Test
	void prefersTheFileItselfToACompletedName() throws Exception {
		Sites.write(root.resolve("page"), "");
		Sites.write(root.resolve("page.html"), "");
		assertEquals("page", look("/page"));
		assertEquals("-/", look("/page/"));
	}

	@Test
	void hidesNamesWithADotUnlessTold() throws Exception {
		Sites.write(root.resolve(".git/config"), "");
		Sites.write(root.resolve(".well-known/security.txt"), "");
		assertEquals("", look("/.git/config"));
		assertEquals(".well-known/security.txt", look("/.well-known/security.txt"));
		assertEquals(".git/config", look(sites.hiddenFiles().site(), "/.git/config"));
	}

	@Test
	void followsLinksAsFarAsTold() throws Exception {
		Sites.write(root.resolve("real/a.txt"), "");
		Sites.write(folder.resolve("outside/index.html"), "");
		Files.createSymbolicLink(root.resolve("in.txt"), Path.of("real/a.txt"));
		Files.createSymbolicLink(root.resolve("infolder"), root.resolve("real"));
		Files.createSymbolicLink(root.resolve("out.txt"), Path.of("../secret.txt"));
		Files.createSymbolicLink(root.resolve("outfolder"), folder.resolve("outside"));
		Files.createSymbolicLink(root.resolve("chain"), root.resolve("out.txt"));
		Site inside = sites.site();
		assertEquals("real/a.txt", look(inside, "/in.txt"));
		assertEquals("real/a.txt", look(inside, "/infolder/a.txt"));
		for (String raw : List.of("/out.txt", "/outfolder/", "/outfolder", "/outfolder/index.html", "/chain", "/real/../out.txt")) {
			assertEquals("", look(inside, raw), raw);
		}
		Site never = sites.symlinks(Symlinks.NEVER).site();
		assertEquals("", look(never, "/in.txt"));
		assertEquals("", look(never, "/infolder/a.txt"));
		assertEquals("real/a.txt", look(never, "/real/a.txt"));
		Site anywhere = sites.symlinks(Symlinks.ANYWHERE).site();
		assertEquals(folder.toRealPath() + "/secret.txt", look(anywhere, "/chain"));
		assertEquals("+/", look(anywhere, "/outfolder"));
	}

	@Test
	void linksThatLeadRoundLeadNowhere() throws Exception {
		Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
		Files.createSymbolicLink(root.resolve("loop.html"), Path.of("loop.html"));
		Files.createSymbolicLink(root.resolve("there"), Path.of("../root/back"));
		Files.createSymbolicLink(root.resolve("back"), root.resolve("there"));
		Files.createSymbolicLink(root.resolve("into"), Path.of("loop/deeper"));
		Sites.write(root.resolve("last"), "");
		for (int i = 0; i < 50; i++) {
			Files.createSymbolicLink(root.resolve("chain" + i), Path.of(i == 49 ? "last" : "chain" + (i + 1)));
		}
		for (String raw : List.of("/loop", "/loop/", "/loop/deeper", "/there", "/back/deeper", "/into", "/chain0")) {
			assertEquals("", look(raw), raw);
		}
		assertEquals("last", look("/chain20"));
	}

	@Test
	void isNotTakenInByAFolderWhoseNameBeginsLikeTheRoots() throws Exception {
		Sites.write(folder.resolve("root-private/a.txt"), "");
		Files.createSymbolicLink(root.resolve("a.txt"), folder.resolve("root-private/a.txt"));
		assertEquals("", look("/a.txt"));
	}

	@Test
	void followsTheRootWhereverItLeadsNow() throws Exception {
		Sites.write(folder.resolve("release1/a.txt"), "");
		Sites.write(folder.resolve("release2/b.txt"), "");
		Path current = Files.createSymbolicLink(folder.resolve("current"), Path.of("release1"));
		Site site = new Sites(current).site();
		assertEquals(folder.toRealPath().resolve("release1/a.txt").toString(), look(site, "/a.txt"));
		Files.delete(current);
		Files.createSymbolicLink(current, Path.of("release2"));
		assertEquals("", look(site, "/a.txt"));
		assertEquals(folder.toRealPath().resolve("release2/b.txt").toString(), look(site, "/b.txt"));
	}

	@Test
	void aRootThatIsNoFolderHasNoFiles() throws Exception {
		Path file = Sites.write(folder.resolve("file"), "");
		Path circle = Files.createSymbolicLink(folder.resolve("circle"), Path.of("circle"));
		for (Path no : List.of(file, circle)) {
			Sites wrong = new Sites(no);
			Site site = wrong.site();
			assertEquals("", look(site, "/"));
			assertEquals("", look(site, "/a.txt"));
			assertEquals("[services.web.static.root: there is no folder " + no + "]", wrong.runtime.problems().toString());
		}
	}

	@Test
	void saysThatTheRootIsMissingAsLongAsItIs() throws Exception {
		Sites late = new Sites(folder.resolve("late"));
		Site site = late.site();
		assertEquals("", look(site, "/a.txt"));
		assertEquals("[services.web.static.root: there is no folder " + folder.resolve("late") + "]", late.runtime.problems().toString());
		Sites.write(folder.resolve("late/a.txt"), "");
		assertEquals(folder.toRealPath().resolve("late/a.txt").toString(), look(site, "/a.txt"));
		assertEquals(List.of(), late.runtime.problems());
	}

	@Test
	void servesNothingButFiles() throws Exception {
		Process made = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
		assertEquals(0, made.waitFor());
		assertEquals("", look("/pipe"));
	}

	@Test
	void offersTheCompressedFormsThatAreNotOlder() throws Exception {
		Instant then = Instant.parse("2024-01-01T00:00:00Z");
		Sites.write(root.resolve("a.js"), "x".repeat(200), then);
		Sites.write(root.resolve("a.js.br"), "", then.plusSeconds(1));
		Sites.write(root.resolve("a.js.zst"), "", then.minusSeconds(1));
		Sites.write(root.resolve("a.js.gz"), "", then);
		assertEquals(List.of(Coding.BROTLI, Coding.GZIP, Coding.IDENTITY), offered("/a.js"));
	}

	@Test
	void offersNoCompressedFormThatIsALink() throws Exception {
		Sites.write(root.resolve("a.png"), "");
		Files.createSymbolicLink(root.resolve("a.png.br"), folder.resolve("secret.txt"));
		assertEquals(List.of(Coding.IDENTITY), offered("/a.png"));
	}

	@Test
	void offersToCompressWhatIsWorthIt() throws Exception {
		Sites.write(root.resolve("a.txt"), "x".repeat(100));
		Sites.write(root.resolve("small.txt"), "x".repeat(99));
		Sites.write(root.resolve("large.txt"), "x".repeat(50_001));
		Sites.write(root.resolve("a.png"), "x".repeat(100));
		assertEquals(List.of(Coding.GZIP, Coding.IDENTITY), offered("/a.txt"));
		assertEquals(List.of(Coding.IDENTITY), offered("/small.txt"));
		assertEquals(List.of(Coding.IDENTITY), offered("/large.txt"));
		assertEquals(List.of(Coding.IDENTITY), offered("/a.png"));
	}

	private List<Coding> offered(String raw) throws Exception {
		return ((Site.Found) sites.site().look(RequestPath.parse(raw))).resource().offered();
	}
}
