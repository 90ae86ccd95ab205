package proxy.discovery.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.fixtures.Pingoo;

class EngineAddressTest {

	@Test
	@Pingoo("docker.socket")
	void isTheUsualSocketUnlessConfigured() throws NoSuchMethodException {
		assertEquals("/var/run/docker.sock", DockerConfig.class.getDeclaredMethod("socket").getDefaultValue());
	}

	@ParameterizedTest
	@CsvSource({
		"/var/run/docker.sock, /var/run/docker.sock",
		"unix:///run/user/1000/docker.sock, /run/user/1000/docker.sock",
		"tcp://10.0.0.1:2375, tcp://10.0.0.1:2375",
		"tcp://socket-proxy:2375/, tcp://socket-proxy:2375",
		"tcp://[::1]:2375, tcp://[::1]:2375"
	})
	void readsPathsAndUrls(String text, String address) {
		assertEquals(address, EngineAddress.of(text).toString());
	}

	@ParameterizedTest
	@ValueSource(strings = {
		"", "unix://", "http://localhost:2375", "tcp://localhost",
		"tcp://:2375", "tcp://h:0", "tcp://h:65536", "npipe:////./pipe/x"
	})
	void refusesTheRestWithTheReason(String text) {
		String message = assertThrows(IllegalArgumentException.class, () -> EngineAddress.of(text)).getMessage();
		assertTrue(message.startsWith("'" + text + "' "), message);
	}

	@Test
	void refusesPathsThatNoSocketCanHave() {
		String message = assertThrows(IllegalArgumentException.class, () -> EngineAddress.of("/" + "a".repeat(103))).getMessage();
		assertTrue(message.endsWith("is too long for a socket: at most 103 octets"), message);
	}
}
