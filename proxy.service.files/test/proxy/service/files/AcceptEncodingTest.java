package proxy.service.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static proxy.service.files.Coding.BROTLI;
import static proxy.service.files.Coding.GZIP;
import static proxy.service.files.Coding.IDENTITY;
import static proxy.service.files.Coding.ZSTD;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {

	private static final List<Coding> ALL = List.of(BROTLI, ZSTD, GZIP, IDENTITY);

	@ParameterizedTest
	@CsvSource({
		"'', IDENTITY", "'gzip, deflate, br, zstd', BROTLI", "'gzip, deflate', GZIP", "GZIP, GZIP", "x-gzip, GZIP", "zstd;q=0.9, ZSTD",
		"'br;q=0.1, gzip;q=0.2', GZIP", "'br;q=0, gzip', GZIP", "'br;q=1.0, gzip;q=1.0', BROTLI", "deflate, IDENTITY", "identity, IDENTITY",
		"'identity, gzip;q=0.5', IDENTITY", "'gzip;q=0.001', GZIP", "*, BROTLI", "'*;q=0', IDENTITY", "'gzip, *;q=0', GZIP",
		"'br;q=0, *', ZSTD", "'identity;q=1, *;q=0', IDENTITY", "'identity;q=0', IDENTITY", "'gzip;q=x', IDENTITY", "'gzip ; q = 1', GZIP",
		"'br;q=0, zstd;q=0, gzip;q=0', IDENTITY", "',, gzip ,', GZIP"
	})
	void choosesWhatTheClientLikesBest(String field, Coding expected) {
		assertEquals(expected, AcceptEncoding.choose(field, ALL));
	}

	@Test
	void choosesOfWhatIsOffered() {
		assertEquals(IDENTITY, AcceptEncoding.choose("br, gzip", List.of(IDENTITY)));
		assertEquals(GZIP, AcceptEncoding.choose("br, gzip;q=0.1", List.of(GZIP, IDENTITY)));
	}

	@Test
	void keepsTheOfferedOrderAmongEquals() {
		assertEquals(GZIP, AcceptEncoding.choose("br, gzip", List.of(GZIP, BROTLI, IDENTITY)));
	}
}
