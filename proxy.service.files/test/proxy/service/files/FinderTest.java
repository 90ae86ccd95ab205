package proxy.service.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.fixtures.Octets;

class FinderTest {

	@TempDir
	Path root;

	private final FileCache cache = new FileCache(1 << 20);
	private Sites sites;
	private Site site;

	@BeforeEach
	void prepare() {
		sites = new Sites(root);
		site = sites.site();
	}

	private Finder.Page page(String raw, String acceptEncoding) throws Exception {
		return assertInstanceOf(Finder.Page.class, new Finder(site, cache).find(RequestPath.parse(raw), acceptEncoding));
	}

	private Variant find(String raw, String acceptEncoding) throws Exception {
		return page(raw, acceptEncoding).variant();
	}

	private static String text(Variant variant) {
		return StandardCharsets.UTF_8.decode(variant.octets().duplicate()).toString();
	}

	@Test
	void readsASmallFileOnceAsLongAsItStaysTheSame() throws Exception {
		Sites.write(root.resolve("a.txt"), "one");
		Variant first = find("/a.txt", "");
		assertEquals("one", text(first));
		assertSame(first, find("/a.txt", ""));
		Sites.write(root.resolve("a.txt"), "two", Instant.parse("2024-03-01T00:00:00Z"));
		assertEquals("two", text(find("/a.txt", "")));
		assertNotEquals(first.tag(), find("/a.txt", "").tag());
	}

	@Test
	void seesThatAFileWasReplacedByOneOfTheSameTimeAndSize() throws Exception {
		Sites.write(root.resolve("a.txt"), "one");
		assertEquals("one", text(find("/a.txt", "")));
		Path other = Sites.write(root.resolve("other"), "two");
		Files.move(other, root.resolve("a.txt"), StandardCopyOption.ATOMIC_MOVE);
		assertEquals("two", text(find("/a.txt", "")));
	}

	@Test
	void doesNotTrustTheTimeOfAFileThatWasJustWritten() throws Exception {
		Sites.write(root.resolve("a.txt"), "one", Instant.now());
		Variant first = find("/a.txt", "");
		assertNotSame(first, find("/a.txt", ""));
	}

	@Test
	void givesTheSameContentTheSameTagWheneverItWasWritten() throws Exception {
		Sites.write(root.resolve("a.txt"), "one");
		String tag = find("/a.txt", "").tag();
		Sites.write(root.resolve("a.txt"), "one", Instant.parse("2024-03-01T00:00:00Z"));
		assertEquals(tag, find("/a.txt", "").tag());
		assertEquals(26, tag.length());
	}

	@Test
	void keepsNoLargeFileInMemory() throws Exception {
		site = sites.memoryFileSize(2).site();
		Sites.write(root.resolve("a.bin"), "one");
		Variant variant = find("/a.bin", "");
		assertNull(variant.octets());
		assertEquals(3, variant.length());
		assertEquals("\"17b85afd6bb02c40-3\"".length(), variant.tag().length());
		Sites.write(root.resolve("a.bin"), "two", Instant.parse("2024-03-01T00:00:00Z"));
		assertNotEquals(variant.tag(), find("/a.bin", "").tag());
	}

	@Test
	void keepsWhatIsNotSmallWhereSocketsTakeItWithoutACopy() throws Exception {
		byte[] content = Octets.random(ContentMemory.LEAST + 1, 1);
		Files.write(root.resolve("a.bin"), content);
		site = sites.memoryFileSize(content.length).site();
		ByteBuffer octets = find("/a.bin", "").octets();
		assertTrue(octets.isDirect());
		assertTrue(octets.isReadOnly());
		assertEquals(ByteBuffer.wrap(content), octets);
	}

	@Test
	void compressesForThoseWhoWantIt() throws Exception {
		String text = "so much of the same ".repeat(100);
		Sites.write(root.resolve("a.txt"), text);
		Variant compressed = find("/a.txt", "gzip");
		assertEquals(Coding.GZIP, compressed.coding());
		byte[] packed = new byte[(int) compressed.length()];
		compressed.octets().get(0, packed);
		assertEquals(text, new String(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes()));
		assertSame(compressed, find("/a.txt", "gzip"));
		Variant plain = find("/a.txt", "");
		assertEquals(text, text(plain));
		assertNotEquals(plain.tag(), compressed.tag());
		assertSame(compressed, find("/a.txt", "gzip"));
	}

	@Test
	void doesNotSendWhatCompressingMadeLarger() throws Exception {
		Files.write(root.resolve("a.txt"), Octets.random(1_000, 1));
		Finder.Page page = page("/a.txt", "gzip");
		assertEquals(Coding.IDENTITY, page.variant().coding());
		assertEquals(List.of(Coding.IDENTITY), page.resource().offered());
		assertEquals(true, page.resource().varies());
	}

	@Test
	void sendsTheCompressedFormThatLiesBesideAFile() throws Exception {
		Sites.write(root.resolve("a.js"), "plain".repeat(100));
		Sites.write(root.resolve("a.js.br"), "brotli");
		Sites.write(root.resolve("a.js.gz"), "gzipped");
		assertEquals("brotli", text(find("/a.js", "gzip, br")));
		assertEquals("gzipped", text(find("/a.js", "gzip")));
		assertEquals("plain".repeat(100), text(find("/a.js", "zstd")));
		Files.delete(root.resolve("a.js.br"));
		assertEquals("gzipped", text(find("/a.js", "gzip, br")));
	}

	@Test
	void ofARootThatIsGoneNothingElseIsMissed() throws Exception {
		Sites gone = new Sites(root.resolve("gone")).notFound("404.html");
		assertInstanceOf(Finder.Nothing.class, new Finder(gone.site(), cache).find(RequestPath.parse("/x"), ""));
		assertEquals("[services.web.static.root: there is no folder " + root.resolve("gone") + "]", gone.runtime.problems().toString());
	}

	@Test
	void hasAPageForWhatIsNotThere() throws Exception {
		site = sites.notFound("404.html").site();
		assertInstanceOf(Finder.Nothing.class, new Finder(site, cache).find(RequestPath.parse("/x"), ""));
		assertEquals("[services.web.static.not_found.file: there is no file 404.html below " + root + "]", sites.runtime.problems().toString());
		Sites.write(root.resolve("404.html"), "nothing here");
		assertEquals(404, page("/x", "").status());
		assertEquals("nothing here", text(find("/x", "")));
		assertEquals("nothing here", text(((Finder.Page) new Finder(site, cache).find(null, "")).variant()));
		assertEquals(200, page("/404.html", "").status());
		assertEquals(List.of(), sites.runtime.problems());
	}

	@Test
	void forgetsWhatIsGone() throws Exception {
		Path file = Sites.write(root.resolve("a.txt"), "one");
		find("/a.txt", "");
		Files.delete(file);
		assertInstanceOf(Finder.Nothing.class, new Finder(site, cache).find(RequestPath.parse("/a.txt"), ""));
		assertEquals(0, cache.used());
	}

	@Test
	void givesUpOnAFileThatIsNeverWhatItSaysItIs() throws Exception {
		// its size is that of a page, and there is less in it
		Path odd = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
		assumeTrue(Files.exists(odd));
		Files.createSymbolicLink(root.resolve("odd"), odd);
		site = sites.symlinks(Symlinks.ANYWHERE).site();
		assertThrows(ChangedException.class, () -> new Finder(site, cache).find(RequestPath.parse("/odd"), ""));
	}

	@Test
	void saysThatAFileMayNotBeRead() throws Exception {
		// not even root may read it
		Path closed = Path.of("/proc/sys/vm/compact_memory");
		assumeTrue(Files.exists(closed));
		Files.createSymbolicLink(root.resolve("closed.txt"), closed);
		site = sites.symlinks(Symlinks.ANYWHERE).site();
		assertThrows(AccessDeniedException.class, () -> new Finder(site, cache).find(RequestPath.parse("/closed.txt"), ""));
	}

	@Test
	void makesRoomByForgettingWhatWasNotUsedForLongest() throws Exception {
		FileCache small = new FileCache(40_000);
		for (int i = 0; i < 20; i++) {
			Sites.write(root.resolve(i + ".png"), "x".repeat(5_000));
			new Finder(site, small).find(RequestPath.parse("/" + i + ".png"), "");
			Resource first = small.get(site, RequestPath.parse("/0.png"));
			first.usedAt = System.nanoTime();
		}
		assertEquals(true, small.used() <= 40_000 && small.used() >= 20_000);
		assertNull(small.get(site, RequestPath.parse("/1.png")));
		assertEquals(5_000, small.get(site, RequestPath.parse("/0.png")).variant(Coding.IDENTITY).length());
		small.forget(site);
		assertEquals(0, small.used());
	}

	@Test
	void isFreshForAWhileAndThenForAllButOne() throws IOException {
		Sites.write(root.resolve("a.txt"), "one");
		Resource resource = ((Site.Found) site.look(RequestPath.ofNames("a.txt"))).resource();
		resource.looked(1_000);
		assertEquals(true, resource.isFresh(1_099, 100));
		assertEquals(false, resource.isFresh(1_100, 100));
		assertEquals(true, resource.isFresh(1_100, 100));
		assertEquals(false, resource.isFresh(900, 0));
	}

	@Test
	void takesRangesApart() throws Exception {
		byte[] octets = Octets.of("0123456789");
		Path file = Files.write(root.resolve("digits"), octets);
		List<ByteRange> ranges = List.of(new ByteRange(0, 2), new ByteRange(9, 10), new ByteRange(3, 6));
		Content inMemory = Content.of(ranges, "text/plain", 10);
		StringBuilder taken = new StringBuilder();
		while (!inMemory.isDone()) {
			var chunk = inMemory.take(ByteBuffer.wrap(octets), 3);
			byte[] piece = new byte[chunk.remaining()];
			chunk.get(piece);
			taken.append(Octets.text(piece));
		}
		assertEquals(inMemory.length(), taken.length());
		String boundary = inMemory.type().substring(inMemory.type().indexOf('=') + 1);
		assertEquals("--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\n01\r\n"
				+ "--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 9-9/10\r\n\r\n9\r\n"
				+ "--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 3-5/10\r\n\r\n345\r\n--B--\r\n",
				taken.toString().replace(boundary, "B"));
		Content onDisk = Content.of(new ByteRange(1, 9), "text/plain");
		try (var channel = java.nio.channels.FileChannel.open(file)) {
			var chunk = ByteBuffer.allocate(5);
			onDisk.take(channel, chunk);
			assertArrayEquals(Octets.of("12345"), chunk.array());
			assertEquals(false, onDisk.isDone());
			onDisk.take(channel, chunk.clear());
			assertEquals(3, chunk.position());
			assertEquals(true, onDisk.isDone());
		}
	}
}
