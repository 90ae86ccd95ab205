package proxy.tls.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {

	private static final URI DIRECTORY = URI.create("https://ca.test/dir");
	private static final DomainName DOMAIN = new DomainName("a.test");
	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	@TempDir
	Path folder;

	@Test
	void remembersBeyondARestart() {
		History history = new History(folder);
		history.issued(DOMAIN, DIRECTORY);
		for (int i = 0; i < 5; i++) {
			history.refused(DOMAIN, NOW);
		}
		History next = new History(folder);
		assertEquals(NOW.plusSeconds(3600), next.mayTry(DOMAIN, NOW));
		assertFalse(next.isFromAnother(DOMAIN, DIRECTORY));
		assertTrue(next.isFromAnother(DOMAIN, URI.create("https://other.test/dir")));
	}

	@ParameterizedTest
	@ValueSource(strings = {
		"",
		"[]",
		"null",
		"{\"a.test\":null}",
		"{\"a.test\":7}",
		"{\"a.test\":{\"directory\":7,\"refused\":[null]}}",
		"{\"a.test\":{\"refused\":{}}}",
		"{\"\u00FF\":"
	})
	void goesOnWithoutADamagedFile(String damaged) throws Exception {
		Files.write(folder.resolve("acme-history.json"), damaged.getBytes(StandardCharsets.ISO_8859_1));
		History history = new History(folder);
		assertEquals(Instant.MIN, history.mayTry(DOMAIN, NOW));
		assertFalse(history.isFromAnother(DOMAIN, DIRECTORY));
		history.issued(DOMAIN, DIRECTORY);
		assertTrue(new History(folder).isFromAnother(DOMAIN, URI.create("https://other.test/dir")));
	}
}
