package proxy.discovery.docker;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** The part of the Docker Engine API that discovery needs. One connection a request; for one thread. */
final class Engine {

	private static final int MOST_OCTETS = 64 << 20;
	private static final String EVENTS = """
			{"type":["container","network"],"event":["start","die","pause","unpause","rename","health_status",\
			"connect","disconnect"]}""";

	private final EngineAddress address;
	private final Duration limit;

	/** @param limit for each request */
	Engine(EngineAddress address, Duration limit) {
		this.address = address;
		this.limit = limit;
	}

	EngineAddress address() {
		return address;
	}

	/** The ids of all running containers that have at least one of the labels. */
	Set<String> labelled(String... labels) throws IOException {
		Set<String> ids = new TreeSet<>();
		for (String label : labels) {
			JsonValue answer = get("/containers/json?filters=" + encode("{\"label\":[\"" + label + "\"]}"));
			if (answer == null || answer.getValueType() != JsonValue.ValueType.ARRAY) {
				throw new IOException("the engine's list of containers is none");
			}
			for (JsonValue entry : answer.asJsonArray()) {
				ids.add(id(Json.object(entry)));
			}
		}
		return ids;
	}

	/** @return null when there is no such container any more */
	Container inspect(String id) throws IOException {
		JsonValue answer = get("/containers/" + id + "/json");
		return answer == null ? null : ContainerReader.read(answer);
	}

	/** What happens from now on. */
	EventStream events() throws IOException {
		EngineConnection connection = new EngineConnection(address, limit);
		try {
			ResponseBody body = request(connection, "/events?filters=" + encode(EVENTS));
			if (body.status() != 200) {
				throw refused("/events", body);
			}
			return new EventStream(connection, body, limit);
		} catch (IOException | RuntimeException e) {
			connection.close();
			throw e;
		}
	}

	/** @return null when it is not found */
	private JsonValue get(String target) throws IOException {
		try (EngineConnection connection = new EngineConnection(address, limit)) {
			ResponseBody body = request(connection, target);
			if (body.status() == 404) {
				return null;
			}
			if (body.status() != 200) {
				throw refused(target, body);
			}
			byte[] text = body.readNBytes(MOST_OCTETS + 1);
			if (text.length > MOST_OCTETS) {
				throw new IOException("the engine's answer is longer than " + MOST_OCTETS + " octets");
			}
			return Json.parse(text);
		}
	}

	private static ResponseBody request(EngineConnection connection, String target) throws IOException {
		String head = "GET " + target + " HTTP/1.1\r\nHost: docker\r\nAccept: application/json\r\nConnection: close\r\n\r\n";
		connection.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
		return new ResponseBody(connection);
	}

	private static AnswerException refused(String target, ResponseBody body) throws IOException {
		String path = target.replaceFirst("\\?.*", "");
		return new AnswerException(
				("the engine answers " + path + " with " + body.status() + " " + message(body.readNBytes(8192))).strip());
	}

	/** What a filter in front of the engine says may be anything. */
	private static String message(byte[] content) {
		try {
			return Json.text(Json.object(Json.parse(content)), "message");
		} catch (AnswerException noJson) {
			return "";
		}
	}

	private static String id(JsonObject entry) throws IOException {
		String id = Json.text(entry, "Id");
		if (!id.matches("[0-9A-Za-z_.-]{1,128}")) {
			throw new IOException("the engine lists a container without a usable id");
		}
		return id;
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.US_ASCII);
	}
}
