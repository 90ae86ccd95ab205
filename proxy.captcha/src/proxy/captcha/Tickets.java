package proxy.captcha;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import proxy.api.http.HttpExchange;

/** The two tokens that a client carries as cookies: the challenge it was given, and that it has passed one. */
final class Tickets {

	private static final String CHALLENGE = "__pingoo_captcha";
	private static final String VERIFIED = "__pingoo_captcha_verified";
	/** A browser drops a cookie this long before the token in it is too old, so that none is sent in vain. */
	private static final long EARLIER_SECONDS = 60;
	private static final DateTimeFormatter DATE =
			DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT).withZone(ZoneOffset.UTC);
	private static final int REMEMBERED = 4096;

	private final KeyWatch keys;
	private final InstantSource clock;
	/** Tokens whose signature is right, with the keys that it was checked by: checking costs as much as ten requests. */
	private final Map<String, Checked> checked = new ConcurrentHashMap<>();

	private record Checked(KeySet keys, Token token) {}

	Tickets(KeyWatch keys, InstantSource clock) {
		this.keys = keys;
		this.clock = clock;
	}

	/** Whether the client has passed. */
	boolean isVerified(HttpExchange exchange) {
		String cookie = exchange.facts().cookie(VERIFIED);
		if (cookie.isEmpty()) {
			return false;
		}
		KeySet current = keys.keys();
		Checked before = checked.get(cookie);
		boolean known = before != null && before.keys() == current;
		Token token = known ? before.token() : Token.parse(cookie);
		if (token == null
				|| !Boolean.TRUE.equals(token.claim("challenge_passed"))
				|| !token.isFor(ClientId.of(exchange.facts()), now())
				|| !known && !token.signedBy(current)) {
			return false;
		}
		if (!known) {
			if (checked.size() >= REMEMBERED) {
				checked.clear();
			}
			checked.put(cookie, new Checked(current, token));
		}
		return true;
	}

	/** The challenge that the client was given, or null when it shows none that is in force. */
	Challenge challenge(HttpExchange exchange) {
		Token token = Token.parse(exchange.facts().cookie(CHALLENGE));
		boolean valid = token != null
				&& token.isFor(ClientId.of(exchange.facts()), now())
				&& token.claim("challenge") instanceof String
				&& token.claim("difficulty") instanceof Long
				&& token.claim("jti") instanceof String
				&& token.signedBy(keys.keys());
		return !valid ? null : new Challenge(
				(String) token.claim("challenge"),
				Math.toIntExact((Long) token.claim("difficulty")),
				(String) token.claim("jti"),
				token.expires());
	}

	/** A Set-Cookie that gives the client this challenge. */
	String give(HttpExchange exchange, String challenge, int difficulty, Duration life) {
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("challenge", challenge);
		claims.put("difficulty", difficulty);
		return ticket(exchange, CHALLENGE, claims, life);
	}

	/** A Set-Cookie that says that the client has passed. */
	String pass(HttpExchange exchange, Duration life) {
		return ticket(exchange, VERIFIED, Map.of("challenge_passed", true), life);
	}

	/** A Set-Cookie that takes the challenge away. */
	String take(HttpExchange exchange) {
		return cookie(exchange, CHALLENGE, "", 0);
	}

	private String ticket(HttpExchange exchange, String name, Map<String, Object> claims, Duration life) {
		long expires = now() + life.toSeconds();
		String token = Token.issue(keys.keys().signing(), claims, ClientId.of(exchange.facts()), now(), expires);
		return cookie(exchange, name, token, expires - EARLIER_SECONDS);
	}

	private static String cookie(HttpExchange exchange, String name, String value, long expires) {
		return name + "=" + value + "; HttpOnly; SameSite=Lax;" + (exchange.scheme().equals("https") ? " Secure;" : "")
				+ " Path=/; Expires=" + DATE.format(Instant.ofEpochSecond(expires));
	}

	long now() {
		return clock.instant().getEpochSecond();
	}
}
