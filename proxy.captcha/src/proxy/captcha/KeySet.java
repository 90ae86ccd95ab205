package proxy.captcha;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/** Keys by their id (RFC 7517 section 5): the first one signs, all verify. Immutable. */
final class KeySet {

	private final Map<String, Key> keys = new LinkedHashMap<>();
	private final Key signing;

	KeySet(List<Key> all) {
		for (Key key : all) {
			if (keys.putIfAbsent(key.id(), key) != null) {
				throw new IllegalArgumentException("two keys have the kid " + key.id());
			}
		}
		if (all.isEmpty()) {
			throw new IllegalArgumentException("it holds no key");
		}
		signing = all.get(0);
	}

	static KeySet generate() {
		return new KeySet(List.of(Key.generate()));
	}

	/** @throws IllegalArgumentException saying what is wrong */
	@SuppressWarnings("unchecked")
	static KeySet parse(String json) {
		try {
			if (!(JsonUtil.parseJson(json).get("keys") instanceof List<?> list)) {
				throw new IllegalArgumentException("it has no list 'keys'");
			}
			List<Key> all = new ArrayList<>();
			for (Object jwk : list) {
				if (!(jwk instanceof Map)) {
					throw new IllegalArgumentException("a key is no JSON object");
				}
				all.add(Key.of((Map<String, Object>) jwk));
			}
			return new KeySet(all);
		} catch (JoseException notJson) {
			throw new IllegalArgumentException("it is not JSON", notJson);
		}
	}

	byte[] json() {
		List<Map<String, Object>> all = keys.values().stream().map(Key::jwk).toList();
		return (JsonUtil.toJson(Map.of("keys", all)) + "\n").getBytes(StandardCharsets.UTF_8);
	}

	Key signing() {
		return signing;
	}

	/** The key, or null. */
	Key find(String id) {
		return keys.get(id);
	}

	int size() {
		return keys.size();
	}
}
