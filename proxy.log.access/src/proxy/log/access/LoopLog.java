package proxy.log.access;

import java.util.Locale;
import java.util.stream.Stream;
import proxy.api.http.ExchangeListener;
import proxy.api.http.Failure;
import proxy.api.http.Field;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpExchange;
import proxy.api.http.RequestHead;
import proxy.api.rule.RequestFacts;
import proxy.api.tcp.TcpConnection;
import proxy.api.tcp.TcpConnectionListener;
import proxy.api.transport.TlsSession;

/** Encodes the exchanges and connections of one loop. For that loop's thread only, but for the ring's other end. */
final class LoopLog {

	private static final int MAX_TARGET = 8192;
	private static final int MAX_REFERER = 2048;
	private static final int MAX_NAME = 512;
	private static final int MAX_SECRETS = 32;
	/** Every octet may become six, and there are a few hundred octets of names. */
	private static final int MAX_LINE = 6 * (MAX_TARGET + MAX_REFERER + 8 * MAX_NAME) + 1024;

	private static final String[] FAILURES = words(Failure.values());
	private static final String[] ENDS = words(TcpConnectionListener.End.values());

	final Ring ring;
	private final Line line = new Line(MAX_LINE);
	private final Timestamp timestamp = new Timestamp();
	private final int[] secrets = new int[2 * MAX_SECRETS];

	private static String[] words(Enum<?>[] values) {
		return Stream.of(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toArray(String[]::new);
	}

	LoopLog(int ringOctets) {
		ring = new Ring(ringOctets);
	}

	/** @return whether the writer should be woken */
	boolean log(HttpExchange exchange, ExchangeListener.Outcome outcome, Redaction redaction, long epochMillis) {
		begin(epochMillis, exchange.listener(), exchange.facts());
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
		return end();
	}

	/** @return whether the writer should be woken */
	boolean log(TcpConnection connection, TcpConnectionListener.Outcome outcome, long epochMillis) {
		begin(epochMillis, connection.listener(), connection.facts());
		name("scheme", connection.facts().scheme());
		name("server_name", connection.facts().tlsServerName());
		traffic(outcome.received(), outcome.sent(), outcome.nanos());
		name("service", outcome.service());
		name("upstream", outcome.upstream());
		name("tls", connection.facts().tlsVersion());
		name("end", ENDS[outcome.end().ordinal()]);
		if (outcome.failure() != null) {
			name("failure", FAILURES[outcome.failure().ordinal()]);
		}
		name("reason", outcome.reason());
		return end();
	}

	private void begin(long epochMillis, String listener, RequestFacts facts) {
		line.clear();
		line.raw("{\"time\":\"");
		line.raw(timestamp.of(epochMillis), Timestamp.LENGTH);
		line.raw("\"");
		name("listener", listener);
		line.raw(",\"client\":\"");
		line.address(facts.clientAddress());
		line.raw("\"");
	}

	private boolean end() {
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

	private void outcome(ExchangeListener.Outcome outcome) {
		boolean none = outcome.status() == 0 && outcome.failure() != null;
		number("status", none ? outcome.failure().status() : outcome.status());
		traffic(outcome.received(), outcome.sent(), outcome.nanos());
		name("service", outcome.service());
		name("upstream", outcome.upstream());
	}

	private void traffic(long received, long sent, long nanos) {
		number("received", received);
		number("sent", sent);
		line.raw(",\"duration_ms\":");
		line.thousandths(Math.max(0, nanos) / 1000);
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
