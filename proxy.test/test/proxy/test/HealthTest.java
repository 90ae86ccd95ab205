package proxy.test;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Await;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Ports;
import proxy.fixtures.TestGatehouse;

/** What {@code bin/health} says, which starts no Java. */
class HealthTest {

	@Test
	@Pingoo("health.address")
	void isGoodWhenEverythingListensAndNamesWhatDoesNot() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			TestGatehouse gatehouse = TestGatehouse.configured("""
					listeners:
					  http: {address: "http://127.0.0.1:<http>"}
					  other: {address: "http://127.0.0.1:<taken>"}
					services:
					  nobody:
					    http_proxy: ["http://no-such-host.invalid"]
					""").with("taken", taken.getLocalPort()).start();
			try (gatehouse) {
				awaitHealth(gatehouse, 1, "listeners.other");
				taken.close();
				awaitHealth(gatehouse, 0, "ok\n");
				gatehouse.kill();
				awaitHealth(gatehouse, 1, "nothing answers at 127.0.0.1:" + gatehouse.console().port());
			}
		}
	}

	@Test
	void isNotGoodWhenTheFileIsBrokenAtTheStartUntilItIsMended() {
		String good = """
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				services:
				  nobody:
				    http_proxy: ["http://127.0.0.1:1"]
				""";
		try (TestGatehouse gatehouse = TestGatehouse.configured(good.replace("listeners:", "listenres:")).start()) {
			awaitHealth(gatehouse, 1, "nothing listens\nlisten");
			gatehouse.configure(good);
			awaitHealth(gatehouse, 0, "ok\n");
		}
	}

	@Test
	void findsAConsoleAtAnIpv6Address() throws Exception {
		assumeTrue(NetworkInterface.getByName("lo").inetAddresses().anyMatch(Inet6Address.class::isInstance), "no IPv6 here");
		String address = "[::1]:" + Ports.free();
		try (TestGatehouse gatehouse = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				services:
				  nobody:
				    http_proxy: ["http://127.0.0.1:1"]
				console: {address: "<console>"}
				""").with("console", address).start()) {
			awaitHealth(gatehouse, Map.of("GATEHOUSE_HEALTH", address), 0, "ok\n");
		}
	}

	private static void awaitHealth(TestGatehouse gatehouse, int code, String said) {
		awaitHealth(gatehouse, Map.of(), code, said);
	}

	/** Waits until it ends with this code and says something that begins so. */
	private static void awaitHealth(TestGatehouse gatehouse, Map<String, String> environment, int code, String said) {
		Path script = gatehouse.load().resolveSibling("bin/health");
		Await.until("bin/health says " + said, () -> {
			ProcessBuilder builder = new ProcessBuilder(script.toString()).redirectErrorStream(true);
			builder.environment().putAll(environment);
			Process process = builder.start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return process.waitFor() == code && output.startsWith(said);
		});
	}
}
