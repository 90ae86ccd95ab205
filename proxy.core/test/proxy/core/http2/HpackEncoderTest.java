package proxy.core.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxy.api.http.FieldSection;

class HpackEncoderTest {

	private final ByteBuffer out = ByteBuffer.allocate(64 * 1024);

	private String hex() {
		return HexFormat.of().formatHex(out.array(), 0, out.position());
	}

	@ParameterizedTest
	@CsvSource({"200, 88", "204, 89", "206, 8a", "304, 8b", "400, 8c", "404, 8d", "500, 8e", "103, 0803313033", "503, 0803353033"})
	void writesTheStatus(int status, String hex) {
		HpackEncoder.status(out, status);
		assertEquals(hex, hex());
	}

	@ParameterizedTest
	@CsvSource({"0, 0f0d0130", "9, 0f0d0139", "10, 0f0d023130", "1234567890123, 0f0d0d31323334353637383930313233"})
	void writesTheLength(long length, String hex) {
		HpackEncoder.contentLength(out, length);
		assertEquals(hex, hex());
	}

	/** RFC 7541 appendix C.1. */
	@ParameterizedTest
	@CsvSource({"5, 10, 0a", "5, 1337, 1f9a0a", "8, 42, 2a", "7, 127, 7f00", "7, 126, 7e"})
	void writesIntegers(int prefix, int value, String hex) {
		HpackEncoder.integer(out, 0, prefix, value);
		assertEquals(hex, hex());
	}

	@Test
	void writesWhatAnotherDecoderReads() throws Exception {
		FieldSection fields = new FieldSection();
		fields.add("Content-Type", "text/plain");
		fields.add("X-Own", "a\u00e9\u00ff");
		fields.add("set-cookie", "v".repeat(5000));
		fields.add("Connection", "close");
		fields.add("Transfer-Encoding", "chunked");
		fields.add("content-length", "7");
		fields.add("vary", "");
		fields.add("www-authenticate", "Basic");
		fields.add("x-" + "n".repeat(300), "1");
		HpackEncoder.status(out, 418);
		HpackEncoder.fields(out, fields);
		assertTrue(out.position() <= HpackEncoder.limit(fields));

		HpackDecoder decoder = new HpackDecoder(64 * 1024, System::nanoTime);
		decoder.setMaxHeaderListSize(64 * 1024);
		MetaData.Response response = (MetaData.Response) decoder.decode(out.flip());
		StringBuilder lines = new StringBuilder();
		for (HttpField field : response.getHttpFields()) {
			lines.append(field.getName()).append(": ").append(field.getValue()).append('\n');
		}
		assertEquals(418, response.getStatus());
		assertEquals(
				"content-type: text/plain\nx-own: a\u00e9\u00ff\nset-cookie: " + "v".repeat(5000)
						+ "\nvary: \nwww-authenticate: Basic\nx-" + "n".repeat(300) + ": 1\n",
				lines.toString());
	}

	@Test
	void knowsEveryNameOfTheStaticTable() {
		for (int index = 15; index <= StaticTable.SIZE; index++) {
			byte[] name = StaticTable.octets(index);
			int found = StaticTable.find(name, 0, StaticTable.nameLength(index));
			assertEquals(index, found);
		}
	}
}
