package proxy.core.warmup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

final class Octets {

	private Octets() {}

	static byte[] of(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	static ByteBuffer direct(String text) {
		byte[] octets = of(text);
		return ByteBuffer.allocateDirect(octets.length).put(octets).flip();
	}
}
