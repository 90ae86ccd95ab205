package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Fields;
import proxy.fixtures.Load;
import proxy.fixtures.MmdbFile;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Programs;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** Countries and autonomous systems of clients, who are behind a trusted proxy here: rules, fields of requests, reloading. */
class GeoIpTest {

	private static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>", trusted_proxies: [127.0.0.0/8]}
			  https: {address: "https://127.0.0.1:<https>", trusted_proxies: [127.0.0.0/8]}
			geoip:
			  files: [geoip/country.mmdb, geoip/asn.mmdb]
			rules:
			  france:
			    expression: http_request.path == "/restricted" && client.country == "FR"
			    actions: [{action: block}]
			services:
			  system:
			    route: client.asn == 64501
			    http_proxy: ["<other>"]
			  origin:
			    http_proxy: ["<origin>"]
			""";
	private static final String FRENCH = "192.0.2.7";
	private static final String GERMAN = "198.51.100.7";
	private static final String OF_THE_SYSTEM = "2001:db8::7";

	private static Origin origin;
	private static Origin other;
	private static TestGatehouse gatehouse;
	private static Path folder;

	@BeforeAll
	static void start() throws IOException {
		origin = Origin.plain(Answer.echo());
		other = Origin.plain(Answer.text("other"));
		TestGatehouse.Setup setup = TestGatehouse.configured(YAML).with("origin", origin.url()).with("other", other.url());
		folder = Files.createDirectory(setup.folder().resolve("geoip"));
		writeDatabases();
		gatehouse = setup.start();
	}

	private static void writeDatabases() throws IOException {
		countries("FR");
		new MmdbFile(24, true).system("192.0.2.0/24", 64_500).system("2001:db8::/32", 64_501).write(folder.resolve("asn.mmdb"));
	}

	private static void countries(String ofTheFirst) throws IOException {
		new MmdbFile(28, true).country("192.0.2.0/24", ofTheFirst).country("198.51.100.0/24", "DE").write(folder.resolve("country.mmdb"));
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
		other.close();
	}

	@BeforeEach
	void asItWas() throws IOException {
		gatehouse.configure(YAML);
		writeDatabases();
		awaitCountry(FRENCH, "FR");
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"geoip.rules", "geoip.client"})
	void rulesAndRoutesAskForCountryAndSystem(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			assertEquals(403, client.send(from(FRENCH, "/restricted")).status());
			assertEquals(200, client.send(from(GERMAN, "/restricted")).status());
			assertEquals(200, client.send(Request.get("/restricted")).status());
			assertEquals("other", client.send(from(OF_THE_SYSTEM, "/")).text());
		}
	}

	@Test
	@Pingoo({"geoip.missing", "image.geoip"})
	void aRuleThatAsksWithoutADatabaseIsWarnedOfOnce() throws IOException {
		String yaml = YAML.replaceAll("geoip:\\n.*\\n", "");
		try (TestGatehouse without = TestGatehouse.configured(yaml).with("origin", origin.url()).with("other", other.url()).start();
				Client client = Protocol.HTTP_1.connect(without)) {
			assertEquals(200, client.send(from(FRENCH, "/restricted")).status());
			assertEquals(200, client.send(from(FRENCH, "/")).status());
			without.log().await("no database is loaded");
			assertEquals(1, without.log().with("no database is loaded").size(), () -> without.log().toString());
		}
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("geoip.fields")
	void upstreamsAreToldOfCountryAndSystem(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			assertTold("FR", "64500", client.send(from(FRENCH, "/")));
			assertTold("DE", "0", client.send(from(GERMAN, "/")));
			assertTold("XX", "0", client.send(from("203.0.113.9", "/")));
			assertTold("XX", "0", client.send(Request.get("/")));
		}
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("geoip.spoofing")
	void whatAClientSaysOfItselfIsDropped(Protocol protocol) throws IOException {
		Request lying = from(FRENCH, "/")
				.with("Pingoo-Client-Country", "ZZ")
				.with("PINGOO-CLIENT-ASN", "1")
				.with("pingoo-client-country", "YY");
		try (Client client = protocol.connect(gatehouse)) {
			assertTold("FR", "64500", client.send(lying));
		}
		gatehouse.configure(YAML.replaceFirst("(?m)^geoip:\n.*\n", ""));
		Await.until("nothing is known", () -> !echo(from(FRENCH, "/")).has("pingoo-client-country"));
		try (Client client = protocol.connect(gatehouse)) {
			Fields seen = client.send(lying).echo().fields();
			assertFalse(seen.has("pingoo-client-country"), seen::toString);
			assertFalse(seen.has("pingoo-client-asn"), seen::toString);
		}
	}

	@Test
	@Pingoo({"geoip.reload", "geoip.broken"})
	void databasesAreReplacedUnderLoadWithoutLosingARequestOrACountry() throws IOException {
		try (Load load = new Load(Duration.ofMillis(5), 20)) {
			for (Protocol protocol : Protocol.values()) {
				load.users(2, protocol.name(), protocol.connector(gatehouse), from(FRENCH, "/steady"), GeoIpTest::isFromFranceOrItaly);
			}
			load.awaitAnswered(50);
			for (int i = 0; i < 4; i++) {
				String next = i % 2 == 0 ? "IT" : "FR";
				countries(next);
				awaitCountry(FRENCH, next);
			}
			Files.write(folder.resolve("country.mmdb"), "no database".getBytes(StandardCharsets.US_ASCII));
			gatehouse.log().await("not in force", "geoip.files[0]", "country.mmdb is no MaxMind DB", "what was read before stays in force");
			load.awaitAnswered(50);
			countries("IT");
			awaitCountry(FRENCH, "IT");
			load.awaitAnswered(50).endWithoutLoss();
		}
	}

	@Test
	@Pingoo("geoip.packed")
	void aPackedDatabaseIsAsGood() throws Exception {
		Programs.require("zstd");
		Path plain = folder.resolve("packed.mmdb");
		MmdbFile file = new MmdbFile(32, true).flat("192.0.2.0/24", "AS64501", "JP");
		for (int i = 0; i < 2_000; i++) {
			file.flat("11." + i / 256 + "." + i % 256 + ".0/24", "AS" + i, "US");
		}
		file.write(plain);
		assertEquals(0, new ProcessBuilder("zstd", "-q", "-19", plain.toString(), "-o", plain + ".zst.new").start().waitFor());
		Files.move(Path.of(plain + ".zst.new"), Path.of(plain + ".zst"), StandardCopyOption.REPLACE_EXISTING);
		gatehouse.configure(YAML.replace("[geoip/country.mmdb, geoip/asn.mmdb]", "geoip/packed.mmdb.zst"));
		Await.until("the service of system 64501", () -> answer(from(FRENCH, "/")).text().equals("other"));
		assertTold("US", "1234", answer(from("11.4.210.1", "/")));
	}

	private static boolean isFromFranceOrItaly(Response response) {
		return response.status() == 200
				&& List.of(List.of("FR"), List.of("IT")).contains(response.echo().fields().all("pingoo-client-country"));
	}

	private static void assertTold(String country, String asn, Response response) {
		assertEquals(200, response.status(), response::toString);
		Fields seen = response.echo().fields();
		assertEquals(List.of(country), seen.all("pingoo-client-country"));
		assertEquals(List.of(asn), seen.all("pingoo-client-asn"));
	}

	private static void awaitCountry(String address, String country) {
		Await.until(address + " is in " + country, () -> {
			Response response = answer(from(address, "/"));
			return !response.text().equals("other") && country.equals(response.echo().fields().get("pingoo-client-country"));
		});
	}

	private static Fields echo(Request request) throws IOException {
		return answer(request).echo().fields();
	}

	private static Response answer(Request request) throws IOException {
		try (Client client = Protocol.HTTP_1.connect(gatehouse)) {
			return client.send(request);
		}
	}

	private static Request from(String address, String target) {
		return Request.get(target).with("X-Forwarded-For", address);
	}
}
