package proxy.core.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import proxy.api.http.HttpExchange;
import proxy.api.http.ResponseHead;
import proxy.core.http.Gate;

class AbuseTest {

	private static final byte[] GET = FrameClient.request("GET", "/wait");
	private static final byte[] POST = FrameClient.request("POST", "/wait");
	private static final byte[] NOTHING = {};
	private static final int MANY = 1500;
	private static final int END = Frame.END_HEADERS | Frame.END_STREAM;

	private Gate gate;

	@BeforeEach
	void open() throws IOException {
		gate = new Gate(loops -> new Http2(loops)::connections, Gate.LIMITS, AbuseTest::answer);
	}

	@AfterEach
	void close() throws IOException {
		gate.close();
	}

	private static void answer(HttpExchange exchange) {
		if (exchange.request().path().equals("/many")) {
			exchange.respond(new ResponseHead().status(200), null, false);
			for (int i = 1; i <= MANY; i++) {
				exchange.send(ByteBuffer.wrap(new byte[1]), i == MANY);
			}
		} else if (!exchange.request().path().equals("/wait")) {
			exchange.respond(new ResponseHead().status(200), null, true);
		}
	}

	private record Frames(FrameClient client, int round) {

		Frames add(int type, int flags, int stream, byte[] payload) {
			client.add(type, flags, stream, payload);
			return this;
		}
	}

	static Stream<Arguments> floods() {
		return Stream.of(
				flood("rapid reset", f -> f.add(1, END, 2 * f.round + 1, GET).add(3, 0, 2 * f.round + 1, new byte[4])),
				flood("window update of 0", f -> f.add(1, END, 2 * f.round + 1, GET).add(8, 0, 2 * f.round + 1, new byte[4])),
				flood("data after the end", f -> f.add(1, END, 2 * f.round + 1, GET).add(0, 0, 2 * f.round + 1, new byte[1])),
				flood("malformed requests", f -> f.add(1, END, 2 * f.round + 1, NOTHING)),
				flood("streams beyond the limit", f -> f.add(1, END, 2 * f.round + 1, GET)),
				flood("ping", f -> f.add(6, 0, 0, new byte[8])),
				flood("answers to pings", f -> f.add(6, 1, 0, new byte[8])),
				flood("settings", f -> f.add(4, 0, 0, NOTHING)),
				flood("empty data", f -> f.round == 0 ? f.add(1, 4, 1, POST) : f.add(0, 0, 1, NOTHING)),
				flood("window updates", f -> f.add(8, 0, 0, new byte[] {0, 0, 0, 1})),
				flood("priorities", f -> f.add(2, 0, 2 * f.round + 1, new byte[5])),
				flood("unknown frames", f -> f.add(0xBE, 0, 0, NOTHING)),
				flood("continuations", f -> f.round == 0 ? f.add(1, 0, 1, GET) : f.add(9, 0, 1, NOTHING)),
				flood("large continuations", f -> f.round == 0 ? f.add(1, 0, 1, GET) : f.add(9, 0, 1, new byte[16_000])));
	}

	private interface Flood {
		Frames add(Frames frames);
	}

	private static Arguments flood(String name, Flood frames) {
		return Arguments.of(name, frames);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("floods")
	void endsAFlood(String name, Flood flood) throws IOException {
		try (FrameClient client = new FrameClient(gate)) {
			for (int round = 0; round < 1000; round++) {
				flood.add(new Frames(client, round));
			}
			try {
				client.flush();
			} catch (SocketException closedMeanwhile) {
				// the gateway reads no more of it than it wants
			}
			assertEquals(ErrorCode.ENHANCE_YOUR_CALM, client.goneAway());
		}
	}

	@Test
	void refusesStreamsBeyondTheLimit() throws IOException {
		try (FrameClient client = new FrameClient(gate)) {
			for (int i = 0; i < 129; i++) {
				client.add(Frame.HEADERS, END, 2 * i + 1, GET);
			}
			client.flush();
			assertEquals("RST_STREAM 257 " + ErrorCode.REFUSED_STREAM, client.next());
			client.reset(1);
			client.get(259, "/");
			assertEquals("HEADERS 259 200 content-length=0 END", client.next());
		}
	}

	@Test
	void bearsManyOrdinaryRequestsWithTheirUpdates() throws IOException {
		try (FrameClient client = new FrameClient(gate)) {
			for (int i = 0; i < 3000; i++) {
				int stream = 2 * i + 1;
				client.add(Frame.HEADERS, END, stream, FrameClient.request("GET", "/"));
				client.add(Frame.WINDOW_UPDATE, 0, stream, new byte[] {0, 0, 1, 0});
				client.add(Frame.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 1, 0}).flush();
				assertEquals("HEADERS " + stream + " 200 content-length=0 END", client.next());
			}
		}
	}

	/** Some clients open both windows again for each frame, and may have many on the way to them. */
	@Test
	void bearsTwoUpdatesForEachOfManyFrames() throws IOException {
		try (FrameClient client = new FrameClient(gate)) {
			client.get(1, "/many");
			assertEquals("HEADERS 1 200", client.next());
			for (int i = 1; i < MANY; i++) {
				assertEquals("DATA 1 \0", client.next());
			}
			assertEquals("DATA 1 \0 END", client.next());
			for (int i = 0; i < MANY; i++) {
				client.add(Frame.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1});
				client.add(Frame.WINDOW_UPDATE, 0, 1, new byte[] {0, 0, 0, 1});
			}
			client.flush();
			client.get(3, "/");
			assertEquals("HEADERS 3 200 content-length=0 END", client.next());
		}
	}

	static Stream<Arguments> violations() {
		return Stream.of(
				violation("even stream", ErrorCode.PROTOCOL_ERROR, c -> c.add(1, END, 2, GET)),
				violation("stream 0", ErrorCode.PROTOCOL_ERROR, c -> c.add(1, END, 0, GET)),
				violation("streams out of order", ErrorCode.PROTOCOL_ERROR, c -> c.add(1, END, 5, GET).add(1, END, 3, GET)),
				violation("data on an idle stream", ErrorCode.PROTOCOL_ERROR, c -> c.add(0, 0, 1, NOTHING)),
				violation("reset of an idle stream", ErrorCode.PROTOCOL_ERROR, c -> c.add(3, 0, 1, new byte[4])),
				violation("push", ErrorCode.PROTOCOL_ERROR, c -> c.add(5, 4, 1, GET)),
				violation("interrupted block", ErrorCode.PROTOCOL_ERROR, c -> c.add(1, 0, 1, GET).add(0, 0, 1, NOTHING)),
				violation("continuation of nothing", ErrorCode.PROTOCOL_ERROR, c -> c.add(9, 4, 1, GET)),
				violation("too much padding", ErrorCode.PROTOCOL_ERROR, c -> c.add(1, 5 | 8, 1, new byte[] {2, 0})),
				violation("frame too large", ErrorCode.FRAME_SIZE_ERROR, c -> c.add(0, 0, 1, new byte[16_385])),
				violation("no field block", ErrorCode.COMPRESSION_ERROR, c -> c.add(1, END, 1, new byte[] {-1})),
				violation("window too large", ErrorCode.FLOW_CONTROL_ERROR, c -> c.add(8, 0, 0, new byte[] {127, -1, -1, -1})),
				violation("fields behind the end", ErrorCode.STREAM_CLOSED, c -> {
					byte[] get = FrameClient.request("GET", "/");
					return c.add(1, END, 1, get).add(1, END, 1, get);
				}));
	}

	private interface Violation {
		FrameClient add(FrameClient client);
	}

	private static Arguments violation(String name, int code, Violation frames) {
		return Arguments.of(name, code, frames);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("violations")
	void endsTheConnectionOfWhoBreaksTheRules(String name, int code, Violation frames) throws IOException {
		try (FrameClient client = new FrameClient(gate)) {
			frames.add(client).flush();
			assertEquals(code, client.goneAway());
		}
	}

	@Test
	void endsTheConnectionOfWhoSpeaksSomethingElse() throws IOException {
		try (FrameClient client = new FrameClient(gate, FrameClient.latin("GET / HTTP/1.1\r\nHost: h\r\n\r\n"))) {
			assertEquals(ErrorCode.PROTOCOL_ERROR, client.goneAway());
		}
		try (FrameClient client = new FrameClient(gate, FrameClient.PREFACE)) {
			client.send(Frame.PING, 0, 0, new byte[8]);
			assertEquals(ErrorCode.PROTOCOL_ERROR, client.goneAway());
		}
	}
}
