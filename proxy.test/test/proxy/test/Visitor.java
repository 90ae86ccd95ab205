package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import proxy.fixtures.Client;
import proxy.fixtures.Json;
import proxy.fixtures.Request;
import proxy.fixtures.Response;

/** What a browser does with a captcha, without the browser: it keeps cookies and solves challenges. */
final class Visitor {

	static final String INIT = "/__pingoo/captcha/api/init";
	static final String VERIFY = "/__pingoo/captcha/api/verify";
	static final String CHALLENGE = "__pingoo_captcha";
	static final String VERIFIED = "__pingoo_captcha_verified";

	private final Client client;
	private final String userAgent;
	private final Map<String, String> cookies = new LinkedHashMap<>();

	Visitor(Client client, String userAgent) {
		this.client = client;
		this.userAgent = userAgent;
	}

	/** With these cookies, from now on. */
	Visitor with(Map<String, String> others) {
		cookies.clear();
		cookies.putAll(others);
		return this;
	}

	Map<String, String> cookies() {
		return Map.copyOf(cookies);
	}

	Response get(String target) throws IOException {
		return send(Request.get(target));
	}

	Response send(Request request) throws IOException {
		Request full = request.with("User-Agent", userAgent);
		if (!cookies.isEmpty()) {
			full = full.with("Cookie", cookies.entrySet().stream().map(Object::toString).collect(Collectors.joining("; ")));
		}
		Response response = client.send(full);
		for (String line : response.fields().all("set-cookie")) {
			String[] pair = line.substring(0, line.indexOf(';')).split("=", 2);
			cookies.put(pair[0], pair[1]);
			cookies.values().remove("");
		}
		return response;
	}

	/** Asks for a challenge and finds the content that solves it. */
	String solution() throws IOException {
		Response init = get(INIT);
		assertEquals(200, init.status(), init::toString);
		Map<String, Object> challenge = Json.object(init.text());
		return solve((String) challenge.get("challenge"), (Long) challenge.get("difficulty"));
	}

	static String solve(String challenge, long zeros) {
		for (int nonce = 0; ; nonce++) {
			String hash = sha256(challenge + nonce);
			if (hash.startsWith("0".repeat((int) zeros))) {
				return content(hash, String.valueOf(nonce));
			}
		}
	}

	static String content(String hash, String nonce) {
		return "{\"hash\":\"" + hash + "\",\"nonce\":\"" + nonce + "\"}";
	}

	static String sha256(String text) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		} catch (GeneralSecurityException e) {
			throw new AssertionError(e);
		}
	}

	Response verify(String content) throws IOException {
		return send(Request.post(VERIFY, content.getBytes(StandardCharsets.UTF_8)));
	}

	/** Passes the captcha. */
	Visitor pass() throws IOException {
		Response verified = verify(solution());
		assertEquals(200, verified.status(), verified::toString);
		return this;
	}
}
