package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Request;
import proxy.fixtures.TestGatehouse;

/** SIGHUP: what other servers take it for. */
class ReloadTest {

	private static final int SIGHUP = 1;
	private static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>"}
			services:
			  welcome: {welcome: {}}
			access_log:
			  path: access.log
			""";

	private TestGatehouse gatehouse;

	@AfterEach
	void close() {
		gatehouse.close();
	}

	private void start() {
		gatehouse = TestGatehouse.configured(YAML).start();
		assumeFalse(gatehouse.ignores(SIGHUP), "started by nohup, where SIGHUP is ignored");
	}

	@Test
	void opensTheAccessLogAnewAndGoesOn() throws Exception {
		start();
		Path log = gatehouse.data().resolve("access.log");
		Await.until("the access log is there", () -> Files.exists(log));
		Files.move(log, log.resolveSibling("access.log.1"));
		gatehouse.signal("HUP");
		Await.until("it is there again, without a request", () -> Files.exists(log));
		try (Client client = Protocol.HTTP_1.connect(gatehouse)) {
			assertEquals(200, client.send(Request.get("/")).status());
		}
		Await.until("the request is in it", () -> Files.size(log) > 0);
		assertEquals(0, Files.size(log.resolveSibling("access.log.1")));
		assertEquals(1, gatehouse.log().with("SIGHUP received").size());
	}

	@Test
	void saysWhatBecameOfTheConfigurationEachTime() {
		start();
		gatehouse.signal("HUP");
		gatehouse.log().await("reloaded in", "nothing to change");
		gatehouse.configure(YAML.replace("services:", "servces:"));
		gatehouse.log().await("NOT reloaded", "did you mean 'services'?");
		gatehouse.signal("HUP");
		Await.until("it has said so again", () -> gatehouse.log().with("NOT reloaded", "did you mean 'services'?").size() == 2);
		assertTrue(gatehouse.isAlive());
	}

	@Test
	void leavesItIgnoredUnderNohup() {
		gatehouse = TestGatehouse.configured(YAML).under("nohup").start();
		assertTrue(gatehouse.ignores(SIGHUP));
		gatehouse.signal("HUP").terminate();
		assertEquals(0, gatehouse.awaitEnd());
		assertFalse(gatehouse.log().any("SIGHUP received"));
	}
}
