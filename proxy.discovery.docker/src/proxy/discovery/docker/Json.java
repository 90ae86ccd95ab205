package proxy.discovery.docker;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/** Reads what the engine says. What is absent, null or of another type is empty. */
final class Json {

	private static final JsonReaderFactory READERS = JsonProvider.provider().createReaderFactory(Map.of());

	private Json() {}

	static JsonValue parse(byte[] text) throws AnswerException {
		try (JsonReader reader = READERS.createReader(new ByteArrayInputStream(text))) {
			return reader.readValue();
		} catch (JsonException | IllegalStateException | StackOverflowError e) {
			throw new AnswerException("the engine's answer is not JSON: " + e.getMessage(), e);
		}
	}

	static JsonObject object(JsonValue value) {
		return value instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
	}

	static JsonObject object(JsonObject parent, String name) {
		return object(parent.get(name));
	}

	static JsonArray array(JsonValue value) {
		return value instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
	}

	static String text(JsonObject parent, String name) {
		return parent.get(name) instanceof JsonString text ? text.getString() : "";
	}

	static boolean isTrue(JsonObject parent, String name) {
		return JsonValue.TRUE.equals(parent.get(name));
	}

	static int number(JsonObject parent, String name) {
		return parent.getInt(name, 0);
	}
}
