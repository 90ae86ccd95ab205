package proxy.core.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuffmanTest {

	private static String decode(String hex) throws Http2Exception {
		byte[] source = HexFormat.of().parseHex(hex);
		byte[] target = new byte[Huffman.decodedLimit(source.length)];
		int end = Huffman.decode(source, 0, source.length, target, 0);
		return new String(target, 0, end, StandardCharsets.ISO_8859_1);
	}

	/** The strings of RFC 7541 appendix C.4 and C.6. */
	@ParameterizedTest
	@CsvSource({
		"f1e3c2e5f23a6ba0ab90f4ff, www.example.com",
		"a8eb10649cbf, no-cache",
		"25a849e95ba97d7f, custom-key",
		"25a849e95bb8e8b4bf, custom-value",
		"6402, 302",
		"aec3771a4b, private",
		"d07abe941054d444a8200595040b8166e082a62d1bff, 'Mon, 21 Oct 2013 20:13:21 GMT'",
		"9d29ad171863c78f0b97c8e9ae82ae43d3, https://www.example.com",
		"640eff, 307",
		"9bd9ab, gzip",
	})
	void decodesTheExamplesOfTheSpecification(String hex, String text) throws Http2Exception {
		assertEquals(text, decode(hex));
	}

	@Test
	void decodesTheLongestCodes() throws Http2Exception {
		// LF, CR and octet 22 have 30 bits each: the last but EOS
		assertEquals("\n\r\u0016", decode("fffffff3ffffffdfffffffbf"));
	}

	@Test
	void decodesOctetsBeyondAscii() throws Http2Exception {
		assertEquals("\u0080\u00ff", decode("fffe6fffffbb"));
	}

	@Test
	void decodesNothingToNothing() throws Http2Exception {
		assertEquals("", decode(""));
	}

	/** Eight bits of padding; padding that is not all ones, of some codes' first bits; EOS. */
	@ParameterizedTest
	@ValueSource(strings = {"1fff", "ff", "1e", "18", "fe", "3fffffffff", "ffffffff", "fffffffc"})
	void refusesWrongPaddingAndEos(String hex) {
		assertEquals(ErrorCode.COMPRESSION_ERROR, assertThrows(Http2Exception.class, () -> decode(hex)).code());
	}
}
