package proxy.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedDecoderTest {

	private static final String THREE = "5\r\nhello\r\n1;x=\"a;b\"\r\n,\r\n006\r\n world\r\n0\r\nT: v\r\nU:w\r\n\r\n";

	private final ChunkedDecoder decoder = new ChunkedDecoder();
	private final StringBuilder content = new StringBuilder();

	/** Feeds the text in pieces of a size; what is left behind the content. */
	private String feed(String text, int size) throws MessageException {
		byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
		int at = 0;
		while (at < octets.length && !decoder.ended()) {
			ByteBuffer source = ByteBuffer.wrap(octets, at, Math.min(size, octets.length - at));
			ByteBuffer piece;
			while ((piece = decoder.next(source)) != null) {
				content.append(StandardCharsets.ISO_8859_1.decode(piece));
			}
			at = source.position();
		}
		return text.substring(at);
	}

	@Test
	void givesContentAndTrailersHoweverTheOctetsCome() throws MessageException {
		for (int size = 1; size <= THREE.length(); size++) {
			decoder.reset();
			content.setLength(0);
			assertEquals("", feed(THREE, size));
			assertTrue(decoder.ended());
			assertEquals("hello, world", content.toString());
			assertEquals(2, decoder.trailers().size());
			assertEquals("v", decoder.trailers().get("t"));
			assertEquals("w", decoder.trailers().get("u"));
		}
	}

	private static ByteBuffer octets(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	@Test
	void smallChunksThatComeTogetherAreOnePiece() throws MessageException {
		ByteBuffer source = octets("1\r\na\r\n2;x\r\nbc\r\n".repeat(1000) + "0\r\n\r\nGET");
		ByteBuffer piece = decoder.next(source);
		assertTrue(decoder.ended());
		assertEquals("abc".repeat(1000), StandardCharsets.ISO_8859_1.decode(piece).toString());
		assertEquals("GET", StandardCharsets.ISO_8859_1.decode(source).toString());
	}

	@Test
	void largeChunksAreNotMoved() throws MessageException {
		String large = "x".repeat(100_000);
		ByteBuffer source = octets("1\r\na\r\n186a0\r\n" + large + "\r\n1\r\nb\r\n0\r\n\r\n");
		assertEquals("a", StandardCharsets.ISO_8859_1.decode(decoder.next(source)).toString());
		assertEquals(large + "b", StandardCharsets.ISO_8859_1.decode(decoder.next(source)).toString());
		assertTrue(decoder.ended());
	}

	@Test
	void leavesWhatComesBehindTheContent() throws MessageException {
		assertEquals("GET / HTTP/1.1", feed("1\r\nx\r\n0\r\n\r\nGET / HTTP/1.1", 1000));
	}

	@Test
	void isNotAtItsEndBeforeTheEmptyLine() throws MessageException {
		feed("0\r\n", 1);
		assertFalse(decoder.ended());
		feed("\r\n", 1);
		assertTrue(decoder.ended());
		assertEquals(0, decoder.trailers().size());
	}

	@ParameterizedTest
	@ValueSource(strings = {
		"0x5\r\nhello\r\n",
		"+5\r\nhello\r\n",
		" 5\r\nhello\r\n",
		"5 \r\nhello\r\n",
		"\r\nhello\r\n",
		"g\r\n",
		"5\nhello\r\n",
		"5\r\r;x\r\n",
		"5\r\nhelloX\r\n",
		"5\r\nhello\n0\r\n\r\n",
		"100000000\r\nx",
		"ffffffffffffffff\r\nx",
		"2;\nxx\r\n",
		"1;a=\"val\r\nX\r\n0\r\n\r\n",
		"0\r\nT: v\n\r\n",
		"0\r\nT : v\r\n\r\n",
	})
	void refusesWhatIsNotExactlyTheCoding(String text) {
		assertThrows(MessageException.class, () -> feed(text, 1));
		decoder.reset();
		assertThrows(MessageException.class, () -> feed(text, 1000));
	}

	@Test
	void boundsExtensionsAndTrailers() {
		assertThrows(MessageException.class, () -> feed("5;" + "a".repeat(5000) + "\r\n", 1000));
		decoder.reset();
		assertThrows(MessageException.class, () -> feed("0\r\n" + "x: yyyyyyyyyy\r\n".repeat(2000), 1000));
	}
}
