package proxy.core.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.http.Failure;
import proxy.api.http.RequestHead;
import proxy.api.http.ResponseHead;

/**
 * What a listener answers by itself, before rules and routes: a certificate authority's http-01 challenges (RFC 8555 section
 * 8.3), and if it is to, everything else with a redirect to https.
 */
public final class Front {

	private static final Logger LOG = LoggerFactory.getLogger("gatehouse.tls");
	private static final byte[] CHALLENGES = "/.well-known/acme-challenge/".getBytes(StandardCharsets.US_ASCII);
	private static final int HTTPS = 443;

	private final UnaryOperator<String> keyAuthorizations;
	private final int redirectPort;

	/**
	 * @param keyAuthorizations from a challenge's token, null for a token that nobody knows
	 * @param redirectPort of the https that everything is redirected to; 0 for no redirect
	 */
	public Front(UnaryOperator<String> keyAuthorizations, int redirectPort) {
		this.keyAuthorizations = keyAuthorizations;
		this.redirectPort = redirectPort;
	}

	/** Whether the exchange has been answered. */
	boolean answers(Exchange exchange) {
		RequestHead request = exchange.request();
		if (isChallenge(request) && answersChallenge(exchange)) {
			return true;
		}
		if (redirectPort == 0) {
			return false;
		}
		redirect(exchange);
		return true;
	}

	/** One octet tells it of nearly every request. */
	private static boolean isChallenge(RequestHead request) {
		byte[] bytes = request.fields().bytes();
		int start = request.targetStart();
		if (request.targetEnd() - start <= CHALLENGES.length || bytes[start + 1] != '.') {
			return false;
		}
		for (int i = 0; i < CHALLENGES.length; i++) {
			if (bytes[start + i] != CHALLENGES[i]) {
				return false;
			}
		}
		return true;
	}

	private boolean answersChallenge(Exchange exchange) {
		RequestHead request = exchange.request();
		boolean asks = request.method().equals("GET") || request.method().equals("HEAD");
		String authorization = asks ? keyAuthorizations.apply(request.path().substring(CHALLENGES.length)) : null;
		if (authorization == null) {
			return false;
		}
		LOG.atInfo()
				.addKeyValue("domain", exchange.facts().host())
				.addKeyValue("client", exchange.peer().getAddress().getHostAddress())
				.log("tls: http-01 challenge answered");
		ResponseHead head = new ResponseHead().status(200);
		head.fields().add("content-type", "application/octet-stream");
		head.fields().add("cache-control", "no-store");
		exchange.respond(head, ByteBuffer.wrap(authorization.getBytes(StandardCharsets.US_ASCII)), true);
		return true;
	}

	/** Method and content are to be sent again (308), and the way is not to be remembered for ever. */
	private void redirect(Exchange exchange) {
		String host = exchange.facts().host();
		if (host.isEmpty()) {
			exchange.fail(Failure.BAD_REQUEST, null);
			return;
		}
		String target = exchange.request().target();
		ResponseHead head = new ResponseHead().status(308);
		head.fields().add("location", "https://" + host + (redirectPort == HTTPS ? "" : ":" + redirectPort)
				+ (target.startsWith("/") ? target : "/"));
		head.fields().add("cache-control", "no-cache");
		exchange.respond(head, null, true);
	}
}
