package proxy.geoip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.api.rule.FactProvider.ClientFacts;
import proxy.api.runtime.Problem;
import proxy.fixtures.MmdbFile;
import proxy.fixtures.Pingoo;
import proxy.fixtures.RecordedRuntime;

class DatabasesTest {

	@TempDir
	private Path folder;

	private final RecordedRuntime runtime = new RecordedRuntime();
	private final Databases databases = new Databases(runtime);

	@Test
	@Pingoo("geoip.unknown")
	void twoFilesKnowMoreThanOne() throws IOException {
		assertEquals("no database, countries are not known", databases.summary());
		new MmdbFile(24, true).country("192.0.2.0/24", "FR").country("198.51.100.0/24", "DE").write(path("country.mmdb"));
		new MmdbFile(28, true).system("192.0.2.0/24", 64_500).system("203.0.113.0/24", 64_501).write(path("asn.mmdb"));
		assertTrue(use("country.mmdb", "asn.mmdb"));
		assertEquals(new ClientFacts(64_500, "FR"), lookup("192.0.2.1"));
		assertEquals(new ClientFacts(0, "DE"), lookup("198.51.100.1"));
		assertEquals(new ClientFacts(64_501, "XX"), lookup("203.0.113.1"));
		assertEquals(new ClientFacts(0, "XX"), lookup("8.8.8.8"));
		assertEquals("Gatehouse-Test of 2023-11-14, Gatehouse-Test of 2023-11-14", databases.summary());
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	void theFirstFileThatKnowsCounts() throws IOException {
		new MmdbFile(24, true).flat("192.0.2.0/24", "AS64500", "FR").write(path("own.mmdb"));
		new MmdbFile(24, true).flat("192.0.0.0/16", "AS64501", "DE").write(path("bought.mmdb"));
		use("own.mmdb", "bought.mmdb");
		assertEquals(new ClientFacts(64_500, "FR"), lookup("192.0.2.1"));
		assertEquals(new ClientFacts(64_501, "DE"), lookup("192.0.3.1"));
	}

	@Test
	@Pingoo("geoip.reload")
	void aNewFileIsInForceWhenItRests() throws IOException {
		france("geoip.mmdb");
		use("geoip.mmdb");
		assertEquals("FR", lookup("192.0.2.1").country());
		new MmdbFile(32, true).flat("192.0.2.0/24", "AS64500", "DE").flat("198.51.100.0/24", "AS1", "IT").write(path("geoip.mmdb"));
		assertTrue(databases.look());
		assertEquals("FR", lookup("192.0.2.1").country());
		databases.look();
		assertEquals("DE", lookup("192.0.2.1").country());
	}

	@Test
	@Pingoo("geoip.broken")
	void aBrokenFileIsAProblemAndWhatWasReadBeforeStays() throws IOException {
		france("geoip.mmdb");
		use("geoip.mmdb");
		byte[] whole = Files.readAllBytes(path("geoip.mmdb"));
		Files.write(path("geoip.mmdb"), Arrays.copyOf(whole, whole.length - 40));
		lookTwice();
		assertEquals("geoip.files", runtime.problems().get(0).setting());
		String reason = runtime.problems().get(0).reason();
		assertTrue(reason.startsWith(path("geoip.mmdb") + " is no MaxMind DB: "), reason);
		assertTrue(reason.endsWith("; what was read before stays in force"), reason);
		assertEquals("FR", lookup("192.0.2.1").country());
		Files.write(path("geoip.mmdb"), whole);
		lookTwice();
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	void aFileThatVanishesKeepsWhatWasReadAndOneThatIsMissingIsNamed() throws IOException {
		france("geoip.mmdb");
		assertTrue(use("geoip.mmdb", "later.mmdb"));
		assertEquals(List.of(new Problem("geoip.files[1]", "there is no file " + path("later.mmdb"))), runtime.problems());
		Files.delete(path("geoip.mmdb"));
		new MmdbFile(24, true).system("192.0.2.0/24", 7).write(path("later.mmdb"));
		lookTwice();
		assertEquals(
				List.of(new Problem("geoip.files[0]", "there is no file " + path("geoip.mmdb") + "; what was read before stays in force")),
				runtime.problems());
		assertEquals(new ClientFacts(64_500, "FR"), lookup("192.0.2.1"));
	}

	@Test
	void anotherSettingThatIsWrongLeavesWhatIsInForce() throws IOException {
		france("geoip.mmdb");
		use("geoip.mmdb");
		assertTrue(use("mistyped.mmdb"));
		assertEquals("FR", lookup("192.0.2.1").country());
		assertEquals(1, runtime.problems().size());
		assertTrue(use("geoip.mmdb"));
		assertEquals(List.of(), runtime.problems());
		assertEquals("FR", lookup("192.0.2.1").country());
	}

	@Test
	@Pingoo("geoip.places")
	void withoutASettingTheFirstPlaceCounts() throws IOException {
		List<Path> places = List.of(path("etc.mmdb"), path("etc.mmdb.zst"), path("share.mmdb"));
		databases.use(List.of(), places);
		assertFalse(databases.look());
		assertEquals(List.of(), runtime.problems());
		france("share.mmdb");
		lookTwice();
		assertEquals("FR", lookup("192.0.2.1").country());
		new MmdbFile(24, true).flat("192.0.2.0/24", "AS1", "DE").write(path("etc.mmdb"));
		lookTwice();
		assertEquals("DE", lookup("192.0.2.1").country());
	}

	@Test
	void nothingIsKnownWhenThereIsNoSettingAnyMore() throws IOException {
		france("geoip.mmdb");
		use("geoip.mmdb");
		databases.use(List.of(), List.of(path("none.mmdb")));
		assertFalse(databases.look());
		assertEquals(ClientFacts.UNKNOWN, lookup("192.0.2.1"));
	}

	@ParameterizedTest
	@ValueSource(strings = {"127.0.0.1", "::1", "224.0.0.1", "ff02::1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.1.1", "fe80::1",
			"fd00::1", "0.0.0.0", "::"})
	@Pingoo("geoip.private")
	void addressesThatAreNobodysAreNotLookedUp(String address) throws IOException {
		new MmdbFile(24, true).flat("::/1", "AS1", "FR").flat("8000::/1", "AS1", "FR").flat("0.0.0.0/0", "AS1", "FR").write(path("geoip.mmdb"));
		use("geoip.mmdb");
		assertEquals(new ClientFacts(1, "FR"), lookup("8.8.8.8"));
		assertEquals(new ClientFacts(1, "FR"), lookup("2001:db8::1"));
		assertSame(ClientFacts.UNKNOWN, lookup(address));
	}

	@Test
	@Pingoo("geoip.cache")
	void whatIsAskedAgainIsRemembered() throws IOException {
		france("geoip.mmdb");
		use("geoip.mmdb");
		assertSame(lookup("192.0.2.1"), lookup("192.0.2.1"));
		for (int i = 0; i < 100_000; i++) {
			boolean french = i % 3 == 0;
			String address = french ? "192.0.2." + i % 256 : "198." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256;
			assertEquals(french ? "FR" : "XX", lookup(address).country(), address);
		}
	}

	@Test
	void damageIsReportedAndTheAddressUnknown() throws IOException {
		MmdbFile file = new MmdbFile(24, true).flat("192.0.2.0/24", "AS64500", "FR");
		for (int i = 0; i < 4_000; i++) {
			file.flat("11." + i / 256 + "." + i % 256 + ".0/24", "AS1", "FR");
		}
		byte[] bytes = file.flat("203.0.113.0/24", "AS1", "FR").bytes();
		damageLastRecord(bytes);
		Files.write(path("geoip.mmdb"), bytes);
		assertTrue(use("geoip.mmdb"));
		assertEquals("FR", lookup("192.0.2.1").country());
		assertEquals(ClientFacts.UNKNOWN, lookup("203.0.113.1"));
		databases.look();
		String reason = runtime.problems().get(0).reason();
		assertTrue(reason.startsWith(path("geoip.mmdb") + ": it is damaged at 203.0.113.1: "), reason);
	}

	@Test
	void aRecordThatHoldsItselfIsDamage() throws IOException {
		MmdbFile file = new MmdbFile(24, true).flat("192.0.2.0/24", "AS64500", "FR");
		byte[] only = file.bytes();
		makeLastRecordEndless(only);
		Files.write(path("geoip.mmdb"), only);
		assertFalse(use("geoip.mmdb"));
		assertTrue(runtime.problems().get(0).reason().startsWith(path("geoip.mmdb") + " is damaged: "), () -> runtime.problems().toString());
		byte[] last = file.flat("203.0.113.0/24", "AS1", "FR").bytes();
		makeLastRecordEndless(last);
		Files.write(path("geoip.mmdb"), last);
		lookTwice();
		assertEquals("FR", lookup("192.0.2.1").country());
		assertEquals(ClientFacts.UNKNOWN, lookup("203.0.113.1"));
		databases.look();
		String reason = runtime.problems().get(0).reason();
		assertTrue(reason.startsWith(path("geoip.mmdb") + ": it is damaged at 203.0.113.1: "), reason);
	}

	/** Turns the last record's map into a pointer to far beyond the end. */
	private static void damageLastRecord(byte[] bytes) {
		pointer(bytes, lastRecord(bytes), 0x7F7F7F7F);
	}

	/** Makes the last record's map the system that it names. */
	private static void makeLastRecordEndless(byte[] bytes) {
		int record = lastRecord(bytes);
		pointer(bytes, record + 1 + 1 + "asn".length(), record - text(bytes).indexOf("asn") + 2);
	}

	private static int lastRecord(byte[] bytes) {
		return text(bytes).lastIndexOf("asn", text(bytes).lastIndexOf("MaxMind.com")) - 2;
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	/** @param target from where the first record is */
	private static void pointer(byte[] bytes, int at, int target) {
		ByteBuffer.wrap(bytes, at, 5).put((byte) 0x38).putInt(target);
	}

	@Test
	void whatIsNoPathIsRefused() {
		Paths paths = new Paths(runtime, folder.resolve("gatehouse.yml").toString());
		assertEquals(List.of(path("a.mmdb"), Path.of("/b.mmdb")), paths.configured(new String[] {" a.mmdb", "", "/b.mmdb"}));
		assertThrows(IllegalArgumentException.class, () -> paths.configured(new String[] {"a\0b"}));
		assertEquals("geoip.files: 'a\0b' is no path", runtime.problems().get(0).toString());
		paths.configured(new String[0]);
		assertEquals(List.of(), runtime.problems());
	}

	private void france(String name) throws IOException {
		new MmdbFile(24, true).flat("192.0.2.0/24", "AS64500", "FR").write(path(name));
	}

	private boolean use(String... names) {
		databases.use(Arrays.stream(names).map(this::path).toList(), List.of());
		return databases.look();
	}

	private void lookTwice() {
		databases.look();
		databases.look();
	}

	private Path path(String name) {
		return folder.resolve(name);
	}

	private ClientFacts lookup(String address) throws IOException {
		return databases.lookup(InetAddress.getByName(address));
	}
}
