package proxy.core.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.RequestHead;

class HpackDecoderTest {

	private static final int LIMIT = 8 * 1024;

	private final HpackDecoder decoder = new HpackDecoder();
	private final HeadBlock block = new HeadBlock();

	private FieldSection fields(String hex) throws Http2Exception {
		FieldSection fields = new FieldSection();
		block.beginTrailers(fields, LIMIT);
		decode(hex);
		return fields;
	}

	private void decode(String hex) throws Http2Exception {
		byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
		decoder.decode(octets, octets.length, block);
	}

	/** Method, authority, target, fields: one line each. */
	private String request(String hex) throws Http2Exception {
		RequestHead head = new RequestHead(new FieldSection());
		block.beginRequest(head.fields(), LIMIT);
		decode(hex);
		Failure failure = block.request(head, true);
		assertNull(failure);
		return head.method() + "\n" + head.authority() + "\n" + head.target() + "\n" + head.fields();
	}

	/** RFC 7541 appendix C.2.1 to C.2.3; the first stays in the table. */
	@ParameterizedTest
	@CsvSource({
		"400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572, custom-key: custom-header",
		"100a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572, custom-key: custom-header",
		"0f0b 0161, content-encoding: a",
		"0f0b 00, content-encoding: ",
		"1f0c 0161, content-language: a",
		"90, 'accept-encoding: gzip, deflate'",
	})
	void decodesEachRepresentation(String hex, String line) throws Http2Exception {
		assertEquals(line.strip(), fields(hex).toString().strip());
	}

	/** RFC 7541 appendix C.3: three requests on one connection. */
	@Test
	void decodesRequestsThatBuildOnEachOther() throws Http2Exception {
		assertEquals("GET\nwww.example.com\n/\n", request("8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d"));
		assertEquals(
				"GET\nwww.example.com\n/\ncache-control: no-cache\n", request("8286 84be 5808 6e6f 2d63 6163 6865"));
		assertEquals(
				"GET\nwww.example.com\n/index.html\ncustom-key: custom-value\n",
				request("8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65"));
	}

	/** RFC 7541 appendix C.4: the same with Huffman coding. */
	@Test
	void decodesHuffmanCodedRequestsThatBuildOnEachOther() throws Http2Exception {
		assertEquals("GET\nwww.example.com\n/\n", request("8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"));
		assertEquals("GET\nwww.example.com\n/\ncache-control: no-cache\n", request("8286 84be 5886 a8eb 1064 9cbf"));
		assertEquals(
				"GET\nwww.example.com\n/index.html\ncustom-key: custom-value\n",
				request("8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"));
	}

	@Test
	void keepsTheOctetsOfValues() throws Http2Exception {
		assertEquals("x: \u00e9\u00ff\t~\n", fields("00 0178 04 e9ff097e").toString());
	}

	/** Table size 64: room for one entry of 33 octets, not for two. */
	@Test
	void evictsTheOldestEntryWhenTheTableIsFull() throws Http2Exception {
		assertEquals("a: \nb: \n", fields("3f21 400161 00 400162 00").toString());
		assertEquals("b: \n", fields("be").toString());
		assertThrows(Http2Exception.class, () -> fields("bf"));
	}

	@Test
	void emptiesTheTableForAnEntryThatIsLargerThanIt() throws Http2Exception {
		fields("400161 00");
		fields("3f00 400161 03 626364");
		assertThrows(Http2Exception.class, () -> fields("be"));
	}

	@Test
	void growsTheRingOfTheTableInOrder() throws Http2Exception {
		for (int i = 0; i < 40; i++) {
			fields("40 01 61 01 " + HexFormat.of().toHexDigits((byte) ('0' + i)));
		}
		for (int i = 0; i < 40; i++) {
			assertEquals("a: " + (char) ('0' + 39 - i) + "\n", fields(HexFormat.of().toHexDigits((byte) (0x80 | 62 + i))).toString());
		}
	}

	@Test
	void decodesABlockToItsEndAlthoughItIsMalformed() throws Http2Exception {
		// X: a is malformed, but b: c is in the table behind it
		fields("000158 0161 400162 0163");
		assertEquals(false, block.isTrailers());
		assertEquals("b: c\n", fields("be").toString());
	}

	/** Index 0, index beyond the table, cut off, integer too large, size update too large and out of place. */
	@ParameterizedTest
	@CsvSource({
		"80", "be", "ff", "7fff", "400a 61", "40 01", "ffffffffffff0f", "ff808080808001", "3fe21f", "90 20", "00 81 ff 00"
	})
	void refusesWhatIsNoFieldBlock(String hex) {
		assertEquals(ErrorCode.COMPRESSION_ERROR, assertThrows(Http2Exception.class, () -> fields(hex)).code());
	}

	@Test
	void givesUpOnABlockThatUnfoldsToManyTimesTheLimit() {
		String entry = "40 01 61 7f8107" + "62".repeat(1024);
		String bomb = entry + "be".repeat(100);
		assertEquals(ErrorCode.ENHANCE_YOUR_CALM, assertThrows(Http2Exception.class, () -> fields(bomb)).code());
	}
}
