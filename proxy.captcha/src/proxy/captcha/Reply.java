package proxy.captcha;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import proxy.api.http.HttpExchange;
import proxy.api.http.ResponseHead;

/** A response in the making. */
final class Reply {

	private final ResponseHead head;

	Reply(int status) {
		head = new ResponseHead().status(status);
	}

	Reply with(String name, String value) {
		head.fields().add(name, value);
		return this;
	}

	void send(HttpExchange exchange, byte[] content) {
		exchange.respond(head, ByteBuffer.wrap(content), true);
	}

	/** JSON is for this client and this moment. */
	void send(HttpExchange exchange, Map<String, ?> members) {
		with("content-type", "application/json");
		with("cache-control", "no-store");
		send(exchange, JsonUtil.toJson(new LinkedHashMap<String, Object>(members)).getBytes(StandardCharsets.UTF_8));
	}
}
