package proxy.test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Http2Client;
import proxy.fixtures.Http2Stream;
import proxy.fixtures.Load;
import proxy.fixtures.Octets;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** Large files, slow clients, and sites that change while they are served; with little memory. */
class StaticTransferTest {

	private static final int BLOCK = 1 << 20;
	private static final int LARGE = 100;
	/** More blocks than the kernel takes for a client that reads nothing. */
	private static final int LONG = 20;
	private static final int SLOW_CLIENTS = 20;
	/** Octets that are kept in memory, more than the kernel takes at once. */
	private static final int SMALLER = 499_999;
	private static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>"}
			  https: {address: "https://127.0.0.1:<https>"}
			services:
			  site:
			    static: {root: "<root>", cache_control: "max-age=0"}
			""";

	@TempDir
	private static Path folder;

	private static Path root;
	private static String digest;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() throws Exception {
		Path first = Files.createDirectory(folder.resolve("first"));
		Path second = Files.createDirectory(folder.resolve("second"));
		root = Files.createSymbolicLink(folder.resolve("root"), first);
		digest = writeBlocks(first.resolve("large.bin"), LARGE, 0);
		for (Path release : List.of(first, second)) {
			String mark = mark(release.getFileName().toString());
			Files.writeString(release.resolve("small.txt"), mark.repeat(10_000));
			Files.writeString(release.resolve("middle.bin"), mark.repeat(700_000));
		}
		gatehouse = TestGatehouse.configured(YAML).with("root", root).option("-Xmx64m").option("-XX:MaxDirectMemorySize=64m").start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
	}

	private static String writeBlocks(Path file, int blocks, int seed) throws Exception {
		MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
		try (OutputStream out = Files.newOutputStream(file)) {
			for (int i = 0; i < blocks; i++) {
				byte[] block = Octets.random(BLOCK, seed + i);
				sha256.update(block);
				out.write(block);
			}
		}
		return HexFormat.of().formatHex(sha256.digest());
	}

	/** A download that stands still once its head has come, until the rest is asked for. */
	private static final class Download implements AutoCloseable {

		private final Client client;
		private final Http2Stream stream;
		private final long length;

		Download(Protocol protocol, String target) throws IOException {
			client = protocol.connect(gatehouse);
			Response head;
			if (client instanceof Http1Client http1) {
				stream = null;
				http1.write(Request.get(target).http1Head());
				head = http1.receiveHead();
			} else {
				stream = ((Http2Client) client).openHeld(Request.get(target));
				head = stream.head();
			}
			assertEquals(200, head.status());
			length = Long.parseLong(head.fields().get("content-length"));
		}

		/** What is left; less than the length when it was broken off. */
		byte[] content() throws IOException {
			if (stream == null) {
				try {
					return ((Http1Client) client).read((int) length);
				} catch (java.net.SocketException reset) {
					return new byte[0];
				}
			}
			stream.release();
			Await.until("all of it", Duration.ofMinutes(3), () -> stream.received() == length || stream.resetCode() != null);
			return stream.response().content();
		}

		boolean whole() throws Exception {
			return content().length == length;
		}

		String digest() throws Exception {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content()));
		}

		@Override
		public void close() throws IOException {
			client.close();
		}
	}

	/** How often the gateway has files below the folder open. */
	private static long open() {
		try (Stream<Path> files = Files.list(Path.of("/proc/" + gatehouse.pid() + "/fd"))) {
			return files.filter(file -> {
				try {
					return Files.readSymbolicLink(file).startsWith(folder);
				} catch (NoSuchFileException closedMeanwhile) {
					return false;
				} catch (IOException e) {
					throw new UncheckedIOException(e);
				}
			}).count();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("static.large")
	void slowReadersOfALargeFileCostNoMemoryAndHoldNobodyUp(Protocol protocol) throws Exception {
		List<Download> slow = new ArrayList<>();
		try {
			for (int i = 0; i < SLOW_CLIENTS; i++) {
				slow.add(new Download(protocol, "/large.bin"));
			}
			assertEquals(SLOW_CLIENTS, open());
			try (Client other = protocol.connect(gatehouse)) {
				assertEquals(10_000, other.send(Request.get("/small.txt")).content().length);
			}
			assertEquals(digest, slow.get(0).digest());
		} finally {
			for (Download download : slow) {
				download.close();
			}
		}
		Await.until("every file is closed", () -> open() == 0);
	}

	/** Files that are kept in memory, though their clients take them long after they have been replaced. */
	@ParameterizedTest
	@EnumSource
	void slowReadersOfASmallerFileGetWhatItWasWhenTheyAskedForIt(Protocol protocol) throws Exception {
		Path file = root.resolve("kept-" + protocol);
		byte[] before = Octets.random(SMALLER, 5_000);
		byte[] after = Octets.random(SMALLER + 1, 6_000);
		Files.write(file, before);
		List<Download> slow = new ArrayList<>();
		try {
			for (int i = 0; i < SLOW_CLIENTS; i++) {
				slow.add(new Download(protocol, "/kept-" + protocol));
			}
			Path next = Files.write(folder.resolve("next"), after);
			Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
			Await.until("the new file", () -> {
				try (Download fresh = new Download(protocol, "/kept-" + protocol)) {
					return fresh.length == after.length && Arrays.equals(after, fresh.content());
				}
			});
			for (Download download : slow) {
				assertArrayEquals(before, download.content());
			}
		} finally {
			for (Download download : slow) {
				download.close();
			}
		}
	}

	@Test
	void responsesThatAreTakenSlowlyComeOneAfterTheOther() throws Exception {
		byte[] content = Octets.random(SMALLER, 7_000);
		Files.write(root.resolve("pipelined"), content);
		try (Http1Client client = (Http1Client) Protocol.HTTP_1.connect(gatehouse)) {
			client.write(Octets.text(Request.get("/pipelined").http1Head()).repeat(SLOW_CLIENTS));
			for (int i = 0; i < SLOW_CLIENTS; i++) {
				assertArrayEquals(content, client.receive("GET").content());
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void aRangeOfALargeFileIsThatRange(Protocol protocol) throws Exception {
		try (Client client = protocol.connect(gatehouse)) {
			Response response = client.send(Request.get("/large.bin").with("Range", "bytes=" + 50L * BLOCK + "-" + (51L * BLOCK - 1) + ",-5"));
			assertEquals(206, response.status());
			String text = response.text();
			assertTrue(text.contains("Content-Range: bytes 52428800-53477375/104857600\r\n\r\n" + Octets.text(Octets.random(BLOCK, 50))));
			String last = Octets.text(Octets.random(BLOCK, LARGE - 1)).substring(BLOCK - 5);
			assertTrue(text.contains("Content-Range: bytes 104857595-104857599/104857600\r\n\r\n" + last + "\r\n--"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void whoIsDownloadingAFileThatIsReplacedGetsTheOldOne(Protocol protocol) throws Exception {
		Path file = root.resolve("replaced-" + protocol);
		String before = writeBlocks(file, LONG, 1_000);
		try (Download download = new Download(protocol, "/replaced-" + protocol)) {
			Path next = folder.resolve("next");
			String after = writeBlocks(next, LONG + 1, 2_000);
			Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
			Await.until("the new file", () -> {
				try (Download fresh = new Download(protocol, "/replaced-" + protocol)) {
					return fresh.length == (LONG + 1L) * BLOCK && fresh.digest().equals(after);
				}
			});
			assertEquals(before, download.digest());
		}
	}

	@ParameterizedTest
	@EnumSource
	void nobodyTakesAFileThatIsWrittenToForWhole(Protocol protocol) throws Exception {
		Path file = root.resolve("written-" + protocol);
		writeBlocks(file, LONG, 3_000);
		try (Download written = new Download(protocol, "/written-" + protocol)) {
			try (RandomAccessFile writing = new RandomAccessFile(file.toFile(), "rw")) {
				writing.seek((LONG - 1L) * BLOCK);
				writing.write(new byte[10]);
			}
			assertFalse(written.whole());
		}
		try (Download shortened = new Download(protocol, "/written-" + protocol)) {
			try (RandomAccessFile writing = new RandomAccessFile(file.toFile(), "rw")) {
				writing.setLength((LONG - 1L) * BLOCK);
			}
			assertFalse(shortened.whole());
		}
		Await.until("every file is closed", () -> open() == 0);
		Await.until("the file as it is now", () -> {
			try (Download again = new Download(protocol, "/written-" + protocol)) {
				return again.length == (LONG - 1L) * BLOCK && again.whole();
			}
		});
	}

	private static Load load() {
		Load load = new Load(Duration.ofMillis(2), 20);
		for (Protocol protocol : Protocol.values()) {
			for (String target : List.of("/small.txt", "/middle.bin")) {
				load.users(1, protocol + target, protocol.connector(gatehouse), Request.get(target).with("Accept-Encoding", "gzip"),
						StaticTransferTest::isOneOfBoth);
			}
		}
		return load.awaitAnswered(50);
	}

	/** One file or the other, compressed or not, but nothing between. */
	private static boolean isOneOfBoth(Response response) {
		byte[] content = response.content();
		if (response.fields().has("content-encoding")) {
			try (var plain = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(content))) {
				content = plain.readAllBytes();
			} catch (IOException e) {
				return false;
			}
		}
		String text = Octets.text(content);
		return response.status() == 200
				&& (text.length() == 10_000 || text.length() == 700_000)
				&& text.equals(text.substring(0, 1).repeat(text.length()));
	}

	@Test
	@Pingoo("static.settings")
	void changesOfEverySettingLoseNoRequest() throws IOException {
		try (Load load = load()) {
			for (int i = 1; i <= 30; i++) {
				var answer = gatehouse.console().configure("proxy.service.static~site", Map.of(
						"cache.control", "max-age=" + i,
						"compression", String.valueOf(i % 2 == 0),
						"memory.file.size", String.valueOf(i % 3 * 500_000),
						"recheck.ms", String.valueOf(i % 4 * 50)));
				assertEquals(302, answer.statusCode(), answer::body);
				awaitCacheControl("max-age=" + i);
			}
			for (int i = 1; i <= 5; i++) {
				gatehouse.configure(YAML.replace("max-age=0", "max-age=0, s-maxage=" + i));
				awaitCacheControl("max-age=0, s-maxage=" + i);
			}
			gatehouse.configure(YAML.replace("max-age=0", "max-age=0\", symlinks: \"some"));
			gatehouse.log().await("symlinks", "'some' is not one of inside, never, anywhere");
			load.awaitAnswered(50);
			gatehouse.configure(YAML);
			awaitCacheControl("max-age=0");
			load.endWithoutLoss();
		}
	}

	private static void awaitCacheControl(String value) {
		Await.until(value, () -> {
			try (Client client = Protocol.HTTP_1.connect(gatehouse)) {
				return value.equals(client.send(Request.get("/small.txt")).fields().get("cache-control"));
			}
		});
	}

	@Test
	void deploymentsByMovingALinkLoseNoRequest() throws IOException {
		try (Load load = load()) {
			for (int i = 0; i < 20; i++) {
				String release = i % 2 == 0 ? "second" : "first";
				Path next = Files.createSymbolicLink(folder.resolve("next-root"), folder.resolve(release));
				Files.move(next, root, StandardCopyOption.ATOMIC_MOVE);
				Await.until(release, () -> {
					try (Client client = Protocol.HTTP_1.connect(gatehouse)) {
						return client.send(Request.get("/small.txt")).text().startsWith(mark(release));
					}
				});
			}
			load.awaitAnswered(50).endWithoutLoss();
		}
	}

	private static String mark(String release) {
		return release.equals("first") ? "1" : "2";
	}

	@ParameterizedTest
	@EnumSource
	void aDownloadOutlivesTheBundleThatBeganIt(Protocol protocol) throws Exception {
		String whole = writeBlocks(root.resolve("long.bin"), LONG, 4_000);
		try (Load load = load(); Download download = new Download(protocol, "/long.bin")) {
			gatehouse.console().update("proxy.service.files");
			load.awaitAnswered(20);
			assertEquals(whole, download.digest());
			load.endWithoutLoss();
		}
	}

	@Test
	void aSiteWhoseFolderIsMissingIsAProblemAsLongAsItIs() throws Exception {
		Path late = folder.resolve("late");
		try (TestGatehouse other = TestGatehouse.configured(YAML).with("root", late).start()) {
			other.log().await("not in force", "services.site.static.root: there is no folder " + late);
			Files.createDirectory(late);
			Files.writeString(late.resolve("a.txt"), "here");
			try (Client client = Protocol.HTTP_1.connect(other)) {
				assertEquals("here", client.send(Request.get("/a.txt")).text());
			}
		}
	}
}
