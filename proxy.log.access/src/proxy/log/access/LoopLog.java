package proxy.log.access;

import java.util.Locale;
import java.util.stream.Stream;
import proxy.api.http.ExchangeListener.Outcome;
import proxy.api.http.Failure;
import proxy.api.http.Field;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpExchange;
import proxy.api.http.RequestHead;
import proxy.api.transport.TlsSession;

/** Encodes the exchanges of one loop. For that loop's thread only, but for the ring's other end. */
final class LoopLog {

	private static final int MAX_TARGET = 8192;
	private static final int MAX_REFERER = 2048;
	private static final int MAX_NAME = 512;
	private static final int MAX_SECRETS = 32;
	/** Every octet may become six, and there are a few hundred octets of names. */
	private static final int MAX_LINE = 6 * (MAX_TARGET + MAX_REFERER + 8 * MAX_NAME) + 1024;

	private static final String[] FAILURES =
			Stream.of(Failure.values()).map(failure -> failure.name().toLowerCase(Locale.ROOT)).toArray(String[]::new);

	final Ring ring;
	private final Line line = new Line(MAX_LINE);
	private final Timestamp timestamp = new Timestamp();
	private final int[] secrets = new int[2 * MAX_SECRETS];

	LoopLog(int ringOctets) {
		ring = new Ring(ringOctets);
	}

	/** @return whether the writer should be woken */
	boolean log(HttpExchange exchange, Outcome outcome, Redaction redaction, long epochMillis) {
		line.clear();
		line.raw("{\"time\":\"");
		line.raw(timestamp.of(epochMillis), Timestamp.LENGTH);
		line.raw("\"");
		name("listener", exchange.listener());
		line.raw(",\"client\":\"");
		line.address(exchange.facts().clientAddress());
		line.raw("\"");
		request(exchange.request(), exchange.scheme(), redaction);
		outcome(outcome);
		agentAndReferer(exchange.request().fields(), redaction);
		TlsSession tls = exchange.tls();
		if (tls != null) {
			name("tls", tls.protocol());
		}
		if (outcome.failure() != null) {
			name("failure", FAILURES[outcome.failure().ordinal()]);
		}
		if (line.truncated()) {
			line.raw(",\"truncated\":true");
		}
		line.raw("}\n");
		return ring.put(line.bytes(), line.length());
	}

	/** A request that could not be read has less than the others. */
	private void request(RequestHead request, String scheme, Redaction redaction) {
		byte[] bytes = request.fields().bytes();
		name("method", request.method());
		name("scheme", scheme);
		if (request.authorityStart() < request.authorityEnd()) {
			line.raw(",\"host\":\"");
			line.octets(bytes, request.authorityStart(), request.authorityEnd(), MAX_NAME);
			line.raw("\"");
		}
		if (request.targetStart() < request.targetEnd()) {
			line.raw(",\"target\":\"");
			int count = redaction.find(bytes, request.targetStart(), request.targetEnd(), secrets);
			line.octetsWithout(secrets, count, bytes, request.targetStart(), request.targetEnd(), MAX_TARGET);
			line.raw("\"");
		}
		if (request.version() != null) {
			name("protocol", request.version().toString());
		}
	}

	private void outcome(Outcome outcome) {
		boolean none = outcome.status() == 0 && outcome.failure() != null;
		number("status", none ? outcome.failure().status() : outcome.status());
		number("received", outcome.received());
		number("sent", outcome.sent());
		line.raw(",\"duration_ms\":");
		line.thousandths(Math.max(0, outcome.nanos()) / 1000);
		name("service", outcome.service());
		name("upstream", outcome.upstream());
	}

	private void agentAndReferer(FieldSection fields, Redaction redaction) {
		byte[] bytes = fields.bytes();
		int agent = fields.find(Field.USER_AGENT);
		if (agent >= 0) {
			line.raw(",\"user_agent\":\"");
			line.octets(bytes, fields.valueStart(agent), fields.valueEnd(agent), MAX_NAME);
			line.raw("\"");
		}
		int referer = fields.find("referer", 0);
		if (referer >= 0) {
			line.raw(",\"referer\":\"");
			int count = redaction.findInUrl(bytes, fields.valueStart(referer), fields.valueEnd(referer), secrets);
			line.octetsWithout(secrets, count, bytes, fields.valueStart(referer), fields.valueEnd(referer), MAX_REFERER);
			line.raw("\"");
		}
	}

	private void name(String key, String value) {
		if (value != null && !value.isEmpty()) {
			line.raw(",\"");
			line.raw(key);
			line.raw("\":\"");
			line.text(value, MAX_NAME);
			line.raw("\"");
		}
	}

	private void number(String key, long value) {
		line.raw(",\"");
		line.raw(key);
		line.raw("\":");
		line.number(value);
	}
}
