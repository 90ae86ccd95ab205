package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static proxy.fixtures.KeyExchange.Group.P256;
import static proxy.fixtures.KeyExchange.Group.P384;
import static proxy.fixtures.KeyExchange.Group.P521;
import static proxy.fixtures.KeyExchange.Group.X25519;
import static proxy.fixtures.KeyExchange.Group.X25519_MLKEM768;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Answer;
import proxy.fixtures.Browser;
import proxy.fixtures.KeyExchange;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.TestGatehouse;

/** By which group a TLS listener exchanges keys with clients that know several. */
class KeyExchangeTest {

	private static TestGatehouse start(Origin origin, String engine) {
		return TestGatehouse.configured("""
				core: {tls_engine: <engine>}
				listeners:
				  https: {address: "https://127.0.0.1:<https>"}
				services:
				  origin:
				    http_proxy: ["<origin>"]
				""").with("engine", engine).with("origin", origin.url()).start();
	}

	@Test
	@Pingoo("tls.groups")
	void theHybridGroupComesFirstThenX25519WhateverTheClientPrefers() throws IOException {
		try (Origin origin = Origin.plain(Answer.text("origin")); TestGatehouse gatehouse = start(origin, "conscrypt")) {
			int port = gatehouse.port("https");
			assertEquals(X25519_MLKEM768, KeyExchange.wanted(port, P384, P256, X25519, X25519_MLKEM768));
			assertEquals(X25519, KeyExchange.wanted(port, P384, P256, X25519));
			assertEquals(P256, KeyExchange.wanted(port, P384, P256));
			assertEquals(P384, KeyExchange.wanted(port, P384));
			assertNull(KeyExchange.wanted(port, P521));
		}
	}

	@Test
	@Pingoo("tls.groups")
	void theJdksEngineKnowsNoHybridGroupAndFollowsTheClient() throws IOException {
		try (Origin origin = Origin.plain(Answer.text("origin")); TestGatehouse gatehouse = start(origin, "jdk")) {
			int port = gatehouse.port("https");
			assertEquals(X25519, KeyExchange.wanted(port, X25519_MLKEM768, X25519, P256));
			assertEquals(P256, KeyExchange.wanted(port, P256, X25519));
			assertNull(KeyExchange.wanted(port, X25519_MLKEM768));
		}
	}

	@Test
	@Pingoo("tls.groups")
	void bouncyCastleKnowsTheHybridGroupAndFollowsTheClient() throws IOException {
		try (Origin origin = Origin.plain(Answer.text("origin")); TestGatehouse gatehouse = start(origin, "bouncycastle")) {
			int port = gatehouse.port("https");
			assertEquals(X25519_MLKEM768, KeyExchange.wanted(port, X25519_MLKEM768, X25519, P256));
			assertEquals(P256, KeyExchange.wanted(port, P256, X25519_MLKEM768));
		}
	}

	@Test
	@Pingoo("tls.groups")
	void aBrowserAgreesOnTheHybridGroup() {
		try (Origin origin = Origin.plain(Answer.text("origin"));
				TestGatehouse gatehouse = start(origin, "auto");
				Browser browser = Browser.open()) {
			browser.go("https://localhost:" + gatehouse.port("https") + "/");
			assertEquals("origin", browser.text());
			assertEquals(Set.of("X25519MLKEM768"), Set.copyOf(browser.keyExchangeGroups()));
		}
	}
}
