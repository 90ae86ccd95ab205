package proxy.captcha;

import java.util.Map;
import java.util.regex.Pattern;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/** What a client says it has found. */
record Solution(String hash, String nonce) {

	private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

	/** @throws IllegalArgumentException saying what is wrong */
	static Solution parse(String json) {
		Map<String, Object> members;
		try {
			members = JsonUtil.parseJson(json);
		} catch (JoseException notJson) {
			throw new IllegalArgumentException("the content is not a JSON object", notJson);
		}
		if (!(members.get("hash") instanceof String hash) || !HASH.matcher(hash).matches()) {
			throw new IllegalArgumentException("'hash' is not 64 hexadecimal digits");
		}
		if (!(members.get("nonce") instanceof String nonce)) {
			throw new IllegalArgumentException("'nonce' is not a text");
		}
		return new Solution(hash, nonce);
	}
}
