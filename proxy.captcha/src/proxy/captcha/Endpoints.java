package proxy.captcha;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import proxy.api.http.Failure;
import proxy.api.http.HttpExchange;

/** Answers what the page asks for. */
final class Endpoints {

	static final String ROOT = "/__pingoo/captcha";
	private static final String WORK = ROOT + "/assets/work.js";
	private static final int CHALLENGE_OCTETS = 32;
	/** About ten megabytes, and more solutions than come in ten minutes from anything but an attack with many machines. */
	private static final int SPENT = 65_536;

	private final Supplier<Settings> settings;
	private final Tickets tickets;
	private final SpentChallenges spent = new SpentChallenges(SPENT);
	private final byte[] work = Page.resource("work.js");

	Endpoints(Supplier<Settings> settings, Tickets tickets) {
		this.settings = settings;
		this.tickets = tickets;
	}

	/** @param path without query and slashes at its end */
	void answer(HttpExchange exchange, String path) {
		switch (path) {
			case ROOT + "/api/init" -> give(exchange);
			case ROOT + "/api/verify" -> receive(exchange);
			case WORK -> new Reply(200)
					.with("content-type", "text/javascript; charset=utf-8")
					.with("cache-control", "public, no-cache, must-revalidate")
					.with("x-content-type-options", "nosniff")
					.send(exchange, work);
			default -> exchange.fail(Failure.NO_ROUTE, null);
		}
	}

	private void give(HttpExchange exchange) {
		Settings now = settings.get();
		String text = Base64.getUrlEncoder().withoutPadding().encodeToString(Key.random(CHALLENGE_OCTETS));
		Map<String, Object> content = new LinkedHashMap<>();
		content.put("challenge", text);
		content.put("difficulty", now.difficulty());
		new Reply(200).with("set-cookie", tickets.give(exchange, text, now.difficulty(), now.challenge())).send(exchange, content);
	}

	private void receive(HttpExchange exchange) {
		if (exchange.request().method().equals("POST")) {
			new Submission(exchange, content -> check(exchange, content)).receive();
		} else {
			new Reply(405).with("allow", "POST").send(exchange, Map.of("error", "a solution is sent by POST"));
		}
	}

	private void check(HttpExchange exchange, String content) {
		Solution solution;
		try {
			solution = Solution.parse(content);
		} catch (IllegalArgumentException wrong) {
			refuse(exchange, 400, wrong.getMessage());
			return;
		}
		Challenge challenge = tickets.challenge(exchange);
		if (challenge == null) {
			refuse(exchange, 403, "no challenge in force for this client: it is missing, too old or somebody else's");
			return;
		}
		String fault = challenge.fault(solution);
		if (fault != null) {
			refuse(exchange, 403, fault);
		} else if (!spent.spend(challenge.id(), challenge.expires(), tickets.now() - Token.DRIFT_SECONDS)) {
			refuse(exchange, 403, "the challenge has been solved already");
		} else {
			new Reply(200)
					.with("set-cookie", tickets.pass(exchange, settings.get().verified()))
					.with("set-cookie", tickets.take(exchange))
					.send(exchange, Map.of());
		}
	}

	private static void refuse(HttpExchange exchange, int status, String reason) {
		new Reply(status).send(exchange, Map.of("error", reason));
	}
}
