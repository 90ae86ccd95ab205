package proxy.geoip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.api.rule.FactProvider.ClientFacts;
import proxy.fixtures.MmdbFile;
import proxy.fixtures.Pingoo;

class DatabaseTest {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(ints = {24, 28, 32})
	@Pingoo("geoip.flat")
	void readsFlatRecords(int recordSize) throws Exception {
		Database database = database(new MmdbFile(recordSize, true)
				.flat("192.0.2.0/24", "AS64500", "FR")
				.flat("198.51.100.128/25", "AS4294967295", "de")
				.flat("2001:db8::/32", "AS64501", "JP"));
		assertEquals(new ClientFacts(64_500, "FR"), lookup(database, "192.0.2.77"));
		assertEquals(new ClientFacts(4_294_967_295L, "DE"), lookup(database, "198.51.100.200"));
		assertEquals(ClientFacts.UNKNOWN, lookup(database, "198.51.100.100"));
		assertEquals(new ClientFacts(64_501, "JP"), lookup(database, "2001:db8:1::1"));
		assertEquals(ClientFacts.UNKNOWN, lookup(database, "2001:db9::1"));
	}

	@ParameterizedTest
	@ValueSource(ints = {24, 28, 32})
	@Pingoo("geoip.maxmind")
	void readsMaxMindsRecords(int recordSize) throws Exception {
		Database countries = database(new MmdbFile(recordSize, true)
				.country("192.0.2.0/24", "FR").country("192.0.2.64/26", "DE").country("2001:db8::/32", "JP"));
		assertEquals(new ClientFacts(0, "FR"), lookup(countries, "192.0.2.1"));
		assertEquals(new ClientFacts(0, "DE"), lookup(countries, "192.0.2.100"));
		assertEquals(new ClientFacts(0, "JP"), lookup(countries, "2001:db8::5"));
		Database systems = database(new MmdbFile(recordSize, true).system("192.0.2.0/24", 64_500).system("2001:db8::/32", 4_200_000_000L));
		assertEquals(new ClientFacts(64_500, "XX"), lookup(systems, "192.0.2.1"));
		assertEquals(new ClientFacts(4_200_000_000L, "XX"), lookup(systems, "2001:db8::5"));
	}

	@ParameterizedTest
	@ValueSource(ints = {24, 28, 32})
	void asksADatabaseOfIpv4ForNothingElse(int recordSize) throws Exception {
		Database database = database(new MmdbFile(recordSize, false).flat("192.0.2.0/24", "AS64500", "FR"));
		assertEquals(new ClientFacts(64_500, "FR"), lookup(database, "192.0.2.255"));
		assertEquals(ClientFacts.UNKNOWN, lookup(database, "192.0.3.0"));
		assertEquals(ClientFacts.UNKNOWN, lookup(database, "2001:db8::1"));
	}

	@Test
	void takesTheCodeWhereTheCountryIsAName() throws Exception {
		Database database = database(new MmdbFile(24, false)
				.with("192.0.2.0/24", Map.of("country", "France", "country_code", "FR", "asn", "AS64500")));
		assertEquals(new ClientFacts(64_500, "FR"), lookup(database, "192.0.2.1"));
	}

	@Test
	void whatIsNoCodeAndNoNumberIsUnknown() throws Exception {
		Database database = database(new MmdbFile(24, false)
				.flat("192.0.2.0/25", "ASx", "FR")
				.flat("192.0.2.128/25", "AS1", "F\r")
				.flat("198.51.100.0/25", "AS4294967296", "FRA")
				.with("198.51.100.128/25", Map.of("country", Map.of("geoname_id", 1L))));
		assertEquals(new ClientFacts(0, "FR"), lookup(database, "192.0.2.1"));
		assertEquals(new ClientFacts(1, "XX"), lookup(database, "192.0.2.200"));
		assertEquals(ClientFacts.UNKNOWN, lookup(database, "198.51.100.1"));
		assertEquals(ClientFacts.UNKNOWN, lookup(database, "198.51.100.200"));
	}

	@Test
	@Pingoo("geoip.packed")
	void unpacksWhatIsPacked() throws Exception {
		Path file = folder.resolve("geoip.mmdb.zst");
		try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(file))) {
			out.write(large().bytes());
		}
		Database database = Database.read(file);
		assertEquals(new ClientFacts(64_500, "FR"), lookup(database, "192.0.2.1"));
		assertEquals(new ClientFacts(77, "DE"), lookup(database, "11.77.0.1"));
	}

	@Test
	void refusesWhatIsNoDatabaseAndNamesTheFile() throws IOException {
		assertRefused("geoip.mmdb", "no database at all".getBytes(), "geoip.mmdb is no MaxMind DB: ");
		assertRefused("geoip.mmdb.zst", "nor packed".getBytes(), "geoip.mmdb.zst is no MaxMind DB packed by zstd: ");
		byte[] whole = large().bytes();
		assertRefused("geoip.mmdb", Arrays.copyOf(whole, whole.length / 2), "geoip.mmdb is no MaxMind DB: ");
		assertRefused("geoip.mmdb", new byte[0], "geoip.mmdb is no MaxMind DB: ");
		assertRefused("geoip.mmdb", new MmdbFile(24, true).with("192.0.2.0/24", Map.of("is_anonymous", "yes")).bytes(),
				"geoip.mmdb holds neither countries nor autonomous systems (it calls itself Gatehouse-Test)");
	}

	private void assertRefused(String name, byte[] content, String reason) throws IOException {
		Path file = Files.write(folder.resolve(name), content);
		UnreadableDatabase e = assertThrows(UnreadableDatabase.class, () -> Database.read(file));
		assertEquals(folder.resolve(reason).toString(), e.getMessage().substring(0, Math.min(e.getMessage().length(), folder.resolve(reason).toString().length())));
	}

	private static MmdbFile large() {
		MmdbFile file = new MmdbFile(28, true).flat("192.0.2.0/24", "AS64500", "FR");
		for (int i = 0; i < 256; i++) {
			file.flat("11." + i + ".0.0/16", "AS" + i, "DE");
		}
		return file;
	}

	private Database database(MmdbFile content) throws Exception {
		Path file = folder.resolve("geoip.mmdb");
		content.write(file);
		return Database.read(file);
	}

	private static ClientFacts lookup(Database database, String address) throws IOException {
		return database.lookup(InetAddress.getByName(address));
	}
}
