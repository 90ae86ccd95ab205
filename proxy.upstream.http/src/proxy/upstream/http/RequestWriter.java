package proxy.upstream.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import proxy.api.http.Field;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpExchange;
import proxy.api.http.RequestHead;
import proxy.api.rule.RequestFacts;
import proxy.http1.MessageWriter;

/**
 * The request's head as the upstream gets it: target and field values octet for octet, without what belongs to the
 * client's connection, with what tells the upstream of the client (X-Forwarded-*, Pingoo-Client-*).
 */
final class RequestWriter {

	private static final byte[] VERSION = ascii(" HTTP/1.1\r\nhost: ");
	private static final byte[] FORWARDED_FOR = ascii("x-forwarded-for: ");
	private static final byte[] FORWARDED_HOST = ascii("x-forwarded-host: ");
	private static final byte[] FORWARDED_HTTP = ascii("x-forwarded-proto: http\r\n");
	private static final byte[] FORWARDED_HTTPS = ascii("x-forwarded-proto: https\r\n");
	private static final byte[] CLIENT_IP = ascii("pingoo-client-ip: ");
	private static final byte[] CLIENT_COUNTRY = ascii("pingoo-client-country: ");
	private static final byte[] CLIENT_ASN = ascii("\r\npingoo-client-asn: ");
	private static final byte[] CONTENT_LENGTH = ascii("content-length: ");
	private static final byte[] CHUNKED = ascii("transfer-encoding: chunked\r\n");
	private static final byte[] CONNECTION_UPGRADE = ascii("connection: upgrade\r\n");
	private static final byte[] SEPARATOR = ascii(", ");
	private static final byte[] GET = ascii("GET ");

	/** Octets that a line takes beyond its name and its value. */
	private static final int LINE = 4;
	/** Octets that the gateway's own lines may take. */
	private static final int OWN = 2 * 1024;

	private RequestWriter() {}

	/** How many octets a head takes at most; what the client sent is written once, but for the host. */
	static int limit(RequestHead head) {
		return head.fields().used() + LINE * head.fields().size() + OWN;
	}

	/**
	 * @param upstream what to say in Host when the client said nothing
	 * @param upgrade whether to ask for the upgrade that the client asked for
	 */
	@SuppressWarnings("ReferenceEquality") // well-known methods are constants
	static void write(ByteBuffer out, HttpExchange exchange, ProxyLoop shared, String upstream, boolean upgrade) {
		RequestHead head = exchange.request();
		FieldSection fields = head.fields();
		byte[] bytes = fields.bytes();
		if (head.method() == "GET") {
			out.put(GET);
		} else {
			out.put(ascii(head.method())).put((byte) ' ');
		}
		out.put(bytes, head.targetStart(), head.targetEnd() - head.targetStart());
		out.put(VERSION);
		host(out, head, upstream);
		Set<String> nominated = nominated(fields);
		for (int i = 0; i < fields.size(); i++) {
			if (isForwarded(exchange, i, upgrade) && (nominated == null || !isNominated(fields, i, nominated))) {
				MessageWriter.field(out, fields, i);
			}
		}
		forwarded(out, exchange, shared, upstream);
		if (upgrade) {
			out.put(CONNECTION_UPGRADE);
		}
		if (head.contentLength() > 0 || !head.hasContent() && fields.find(Field.CONTENT_LENGTH) >= 0) {
			out.put(CONTENT_LENGTH);
			MessageWriter.decimal(out, head.contentLength());
			out.put(MessageWriter.CRLF);
		} else if (head.hasContent()) {
			out.put(CHUNKED);
		}
		out.put(MessageWriter.CRLF);
	}

	private static void host(ByteBuffer out, RequestHead head, String upstream) {
		int length = head.authorityEnd() - head.authorityStart();
		if (length > 0) {
			out.put(head.fields().bytes(), head.authorityStart(), length);
		} else {
			out.put(ascii(upstream));
		}
		out.put(MessageWriter.CRLF);
	}

	private static boolean isForwarded(HttpExchange exchange, int i, boolean upgrade) {
		int field = exchange.request().fields().field(i);
		return switch (field) {
			case Field.OTHER -> true;
			case Field.FORWARDED, Field.X_REAL_IP, Field.X_FORWARDED_PORT -> exchange.fromTrustedProxy();
			case Field.UPGRADE -> upgrade;
			case Field.EXPECT -> exchange.expectsContinue();
			case Field.HOST,
					Field.CONTENT_LENGTH,
					Field.X_FORWARDED_FOR,
					Field.X_FORWARDED_HOST,
					Field.X_FORWARDED_PROTO,
					Field.PINGOO_CLIENT_IP,
					Field.PINGOO_CLIENT_COUNTRY,
					Field.PINGOO_CLIENT_ASN,
					Field.LOOKALIKE,
					Field.PROXY_AUTHENTICATE,
					Field.PROXY_AUTHORIZATION -> false;
			default -> !Field.isConnectionSpecific(field);
		};
	}

	/** Names in Connection that are not options of the connection itself (RFC 9110 section 7.6.1); null for none. */
	static Set<String> nominated(FieldSection fields) {
		Set<String> names = null;
		for (int i = 0; i < fields.size(); i++) {
			if (fields.field(i) == Field.CONNECTION && !fields.valueIs(i, "keep-alive") && !fields.valueIs(i, "close")) {
				for (String token : fields.value(i).split(",")) {
					names = names == null ? new HashSet<>() : names;
					names.add(token.trim().toLowerCase(Locale.ROOT));
				}
			}
		}
		return names;
	}

	/** A client cannot have a field dropped that the gateway knows: what those mean is the gateway's to decide. */
	static boolean isNominated(FieldSection fields, int i, Set<String> nominated) {
		return fields.field(i) == Field.OTHER && nominated.contains(fields.name(i).toLowerCase(Locale.ROOT));
	}

	private static void forwarded(ByteBuffer out, HttpExchange exchange, ProxyLoop shared, String upstream) {
		boolean trusted = exchange.fromTrustedProxy();
		byte[] peer = shared.text(exchange.peer().getAddress());
		FieldSection fields = exchange.request().fields();
		out.put(FORWARDED_FOR);
		if (trusted) {
			for (int i = 0; i < fields.size(); i++) {
				if (fields.field(i) == Field.X_FORWARDED_FOR) {
					out.put(fields.bytes(), fields.valueStart(i), fields.valueEnd(i) - fields.valueStart(i));
					out.put(SEPARATOR);
				}
			}
		}
		out.put(peer).put(MessageWriter.CRLF);
		out.put(FORWARDED_HOST);
		host(out, exchange.request(), upstream);
		int told = trusted ? fields.find(Field.X_FORWARDED_PROTO) : -1;
		if (told >= 0) {
			MessageWriter.field(out, fields, told);
		} else {
			out.put(exchange.tls() == null ? FORWARDED_HTTP : FORWARDED_HTTPS);
		}
		out.put(CLIENT_IP);
		out.put(trusted ? shared.text(exchange.facts().clientAddress()) : peer).put(MessageWriter.CRLF);
		RequestFacts facts = exchange.facts();
		if (facts.hasClientFacts()) {
			out.put(CLIENT_COUNTRY).put(facts.clientCountry().getBytes(StandardCharsets.ISO_8859_1));
			out.put(CLIENT_ASN);
			MessageWriter.decimal(out, facts.clientAsn());
			out.put(MessageWriter.CRLF);
		}
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}
}
