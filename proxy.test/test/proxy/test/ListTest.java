package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Load;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Request;
import proxy.fixtures.TestGatehouse;

/** A list of networks that a rule asks: found, replaced, broken, expired. Clients are behind a trusted proxy. */
class ListTest {

	private static final String BLOCKED = "192.0.2.0/24\n2001:db8::/32\n";

	private static Origin origin;
	private static TestGatehouse gatehouse;
	private static Path list;

	@BeforeAll
	static void start() throws IOException {
		origin = Origin.plain(Answer.text("one"));
		TestGatehouse.Setup setup = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>", trusted_proxies: [127.0.0.0/8]}
				  https: {address: "https://127.0.0.1:<https>", trusted_proxies: [127.0.0.0/8]}
				lists:
				  blocked: {type: Ip, file: blocked.csv}
				rules:
				  blocked: {expression: 'lists["blocked"].contains(client.ip)', actions: [{action: block}]}
				services:
				  origin: {http_proxy: ["<origin>"]}
				""").with("origin", origin.url());
		list = setup.folder().resolve("blocked.csv");
		write(BLOCKED);
		gatehouse = setup.start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
	}

	@BeforeEach
	void asItWas() throws IOException {
		write(BLOCKED);
		await(403, "192.0.2.7");
		await(200, "203.0.113.7");
		await(200, "198.51.100.7");
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("lists.networks")
	void aNetworkContainsItsAddresses(Protocol protocol) throws IOException {
		assertEquals(403, status(protocol, "192.0.2.255"));
		assertEquals(403, status(protocol, "2001:db8::7"));
		assertEquals(200, status(protocol, "192.0.3.0"));
		assertEquals(200, status(protocol, "2001:db9::7"));
	}

	@Test
	@Pingoo({"lists.reload", "lists.fast"})
	void aListIsReplacedUnderLoadWithoutLosingARequest() throws IOException {
		String many = IntStream.range(0, 100_000).mapToObj(i -> "10." + i / 256 % 256 + "." + i % 256 + "." + i / 65_536 + "\n")
				.collect(Collectors.joining());
		try (Load load = new Load(Duration.ofMillis(5), 20)) {
			for (Protocol protocol : Protocol.values()) {
				load.users(1, protocol + " let in", protocol.connector(gatehouse), from("198.51.100.7"), response -> response.status() == 200);
				load.users(1, protocol + " kept out", protocol.connector(gatehouse), from("192.0.2.7"), response -> response.status() == 403);
			}
			load.awaitAnswered(50);
			write(BLOCKED + many + "203.0.113.0/24\n");
			await(403, "203.0.113.7");
			assertEquals(403, status(Protocol.HTTP_1, "10.77.5.0"));
			write(BLOCKED + "198.51.100.7/33\n");
			gatehouse.log().await("not in force", "lists.blocked.file", "line 3", "what was read before stays in force");
			load.awaitAnswered(50);
			write(BLOCKED);
			await(200, "203.0.113.7");
			load.awaitAnswered(50).endWithoutLoss();
		}
	}

	@Test
	@Pingoo("lists.columns")
	void anElementCountsUntilItsTimeIsOver() throws IOException {
		write(BLOCKED + "203.0.113.0/24,for a day," + Instant.now().plusSeconds(86_400) + "\n");
		await(403, "203.0.113.7");
		write(BLOCKED + "203.0.113.0/24,for a moment," + Instant.now().plusSeconds(3) + "\n198.51.100.0/24,for a day,"
				+ Instant.now().plusSeconds(86_400) + "\n");
		await(403, "198.51.100.7");
		await(200, "203.0.113.7");
		assertEquals(403, status(Protocol.HTTP_1, "198.51.100.7"));
		assertEquals(403, status(Protocol.HTTP_1, "192.0.2.7"));
	}

	private static void write(String content) throws IOException {
		Path next = Files.writeString(list.resolveSibling("blocked.csv.new"), content);
		Files.move(next, list, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
	}

	private static void await(int status, String address) {
		Await.until(address + " gets " + status, () -> status(Protocol.HTTP_1, address) == status);
	}

	private static int status(Protocol protocol, String address) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			return client.send(from(address)).status();
		}
	}

	private static Request from(String address) {
		return Request.get("/").with("X-Forwarded-For", address);
	}
}
