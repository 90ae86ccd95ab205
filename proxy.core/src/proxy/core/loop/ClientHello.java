package proxy.core.loop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/**
 * What a client asks for in its first TLS message (RFC 8446 section 4.1.2), read before an engine is chosen.
 *
 * @param serverName from SNI (RFC 6066 section 3), lower case without trailing dot; "" for none
 * @param applicationProtocols from ALPN (RFC 7301), in order; empty for none
 */
public record ClientHello(String serverName, List<String> applicationProtocols) {

	/** The ALPN name of a tls-alpn-01 validation (RFC 8737). */
	public static final String ACME_TLS = "acme-tls/1";

	/** Octets of records that a ClientHello may take; post-quantum key shares need about 2,000. */
	public static final int MAX = 32 * 1024;

	private static final int RECORD_HANDSHAKE = 22;
	private static final int CLIENT_HELLO = 1;
	private static final int EXTENSION_SERVER_NAME = 0;
	private static final int EXTENSION_ALPN = 16;

	/** Whether the client is a certificate authority that validates a name: it offers this protocol and no other. */
	public boolean isAcmeValidation() {
		return applicationProtocols.size() == 1 && applicationProtocols.get(0).equals(ACME_TLS);
	}

	/** Whether one of the protocols is offered, or the client leaves it open. */
	public boolean offers(String... protocols) {
		return applicationProtocols.isEmpty() || !Collections.disjoint(applicationProtocols, List.of(protocols));
	}

	/** Whether what has come begins like a request of HTTP, and so like nothing that TLS or SSL begin with. */
	static boolean isText(ByteBuffer received) {
		int first = received.hasRemaining() ? received.get(received.position()) : 0;
		return first >= 'A' && first <= 'Z';
	}

	/**
	 * Reads the hello without consuming it.
	 *
	 * @param received from the connection's first octet on
	 * @return the hello, or null when more octets are needed
	 * @throws SSLException when it is not one
	 */
	public static ClientHello peek(ByteBuffer received) throws SSLException {
		ByteBuffer message = message(received);
		if (message == null) {
			return null;
		}
		try {
			return parse(message);
		} catch (java.nio.BufferUnderflowException | IllegalArgumentException truncated) {
			throw new SSLException("the ClientHello is malformed");
		}
	}

	/** The handshake message's body, put together from records; null when it is not complete yet. */
	private static ByteBuffer message(ByteBuffer received) throws SSLException {
		ByteBuffer records = received.duplicate();
		ByteBuffer message = ByteBuffer.allocate(Math.min(received.remaining(), MAX));
		while (records.remaining() >= 5) {
			int type = records.get() & 0xFF;
			int major = records.get() & 0xFF;
			records.get();
			int length = records.getShort() & 0xFFFF;
			if (type != RECORD_HANDSHAKE || major != 3 || length == 0 || length > 16 * 1024 + 256) {
				throw new SSLException("not a TLS ClientHello");
			}
			int part = Math.min(length, Math.min(records.remaining(), message.remaining()));
			message.put(records.slice(records.position(), part));
			records.position(records.position() + part);
			if (message.position() >= 4) {
				if (message.get(0) != CLIENT_HELLO) {
					throw new SSLException("not a TLS ClientHello");
				}
				int size = (message.get(1) & 0xFF) << 16 | (message.get(2) & 0xFF) << 8 | message.get(3) & 0xFF;
				if (size > MAX - 64) {
					throw new SSLException("the ClientHello is too large");
				}
				if (message.position() >= 4 + size) {
					return message.limit(4 + size).position(4);
				}
			}
		}
		return null;
	}

	private static ClientHello parse(ByteBuffer hello) {
		hello.position(hello.position() + 2 + 32);
		skip(hello, hello.get() & 0xFF);
		skip(hello, hello.getShort() & 0xFFFF);
		skip(hello, hello.get() & 0xFF);
		String serverName = "";
		List<String> protocols = new ArrayList<>(2);
		if (hello.hasRemaining()) {
			hello.getShort();
		}
		while (hello.hasRemaining()) {
			int type = hello.getShort() & 0xFFFF;
			int length = hello.getShort() & 0xFFFF;
			ByteBuffer extension = hello.slice(hello.position(), length);
			skip(hello, length);
			if (type == EXTENSION_SERVER_NAME && extension.hasRemaining()) {
				extension.getShort();
				if (extension.get() == 0) {
					serverName = name(extension, extension.getShort() & 0xFFFF);
				}
			} else if (type == EXTENSION_ALPN) {
				extension.getShort();
				while (extension.hasRemaining()) {
					protocols.add(text(extension, extension.get() & 0xFF));
				}
			}
		}
		return new ClientHello(serverName, List.copyOf(protocols));
	}

	private static String name(ByteBuffer from, int length) {
		String name = text(from, length).toLowerCase(Locale.ROOT);
		return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
	}

	private static String text(ByteBuffer from, int length) {
		byte[] octets = new byte[length];
		from.get(octets);
		return new String(octets, StandardCharsets.ISO_8859_1);
	}

	private static void skip(ByteBuffer buffer, int count) {
		buffer.position(buffer.position() + count);
	}
}
