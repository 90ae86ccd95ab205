package proxy.captcha;

import java.net.InetAddress;
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
	/** Verified tokens whose signature is right, with the keys that it was checked by: checking costs as much as twenty requests. */
	private final Map<String, Checked> checked = new ConcurrentHashMap<>();
	private final Forgers forgers = new Forgers();

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
		if (!known && forgers.has(exchange.facts().clientAddress(), now())) {
			return false;
		}
		Token token = known ? before.token() : Token.parse(cookie);
		return token != null
				&& Boolean.TRUE.equals(token.claim("challenge_passed"))
				&& token.isFor(ClientId.of(exchange.facts()), now())
				&& (known || isSigned(exchange.facts().clientAddress(), token, current, cookie));
	}

	private boolean isSigned(InetAddress client, Token token, KeySet current, String cookie) {
		if (!token.signedBy(current)) {
			forgers.add(client, now());
			return false;
		}
		remember(cookie, new Checked(current, token));
		return true;
	}

	private void remember(String cookie, Checked token) {
		if (checked.size() >= REMEMBERED) {
			checked.clear();
		}
		checked.put(cookie, token);
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
		long expires = now() + life.toSeconds();
		return cookie(exchange, CHALLENGE, token(exchange, claims, expires, keys.keys()), expires - EARLIER_SECONDS);
	}

	/** A Set-Cookie that says that the client has passed. */
	String pass(HttpExchange exchange, Duration life) {
		KeySet current = keys.keys();
		long expires = now() + life.toSeconds();
		String token = token(exchange, Map.of("challenge_passed", true), expires, current);
		remember(token, new Checked(current, Token.parse(token)));
		return cookie(exchange, VERIFIED, token, expires - EARLIER_SECONDS);
	}

	/** A Set-Cookie that takes the challenge away. */
	String take(HttpExchange exchange) {
		return cookie(exchange, CHALLENGE, "", 0);
	}

	private String token(HttpExchange exchange, Map<String, Object> claims, long expires, KeySet current) {
		return Token.issue(current.signing(), claims, ClientId.of(exchange.facts()), now(), expires);
	}

	private static String cookie(HttpExchange exchange, String name, String value, long expires) {
		return name + "=" + value + "; HttpOnly; SameSite=Lax;" + (exchange.scheme().equals("https") ? " Secure;" : "")
				+ " Path=/; Expires=" + DATE.format(Instant.ofEpochSecond(expires));
	}

	long now() {
		return clock.instant().getEpochSecond();
	}
}
