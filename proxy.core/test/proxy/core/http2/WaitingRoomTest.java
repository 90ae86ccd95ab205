package proxy.core.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import proxy.api.http.ExchangeHandler;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpExchange;
import proxy.api.http.ResponseHead;
import proxy.core.http.Gate;

class WaitingRoomTest {

	private static final int ROOM = 100_000;
	private static final int INITIAL_WINDOW_SIZE = 4;

	private final BlockingQueue<Failure> aborted = new LinkedBlockingQueue<>();
	private Gate gate;

	@BeforeEach
	void open() throws IOException {
		gate = new Gate(loops -> new Http2(loops, ROOM)::connections, Gate.LIMITS, this::answer);
	}

	@AfterEach
	void close() throws IOException {
		gate.close();
	}

	/** With as many octets as the path says, and without taking the request's content. */
	private void answer(HttpExchange exchange) {
		exchange.handler(new ExchangeHandler() {

			@Override
			public boolean onContent(ByteBuffer chunk) {
				return true;
			}

			@Override
			public void onContentEnd(FieldSection trailers) {}

			@Override
			public void onWritable() {}

			@Override
			public void onAborted(Failure failure, Throwable cause) {
				aborted.add(failure);
			}
		});
		int octets = Integer.parseInt(exchange.request().target().substring(1));
		if (octets > 0) {
			exchange.respond(new ResponseHead().status(200), null, false);
			exchange.send(ByteBuffer.allocate(octets), false);
		}
	}

	@Test
	void resetsAResponseThatThereIsNoPlaceFor() throws Exception {
		try (FrameClient client = new FrameClient(gate, INITIAL_WINDOW_SIZE, 0)) {
			client.get(1, "/" + ROOM / 2);
			assertEquals("HEADERS 1 200", client.next());
			client.get(3, "/" + ROOM);
			assertEquals("HEADERS 3 200", client.next());
			assertEquals("RST_STREAM 3 " + ErrorCode.INTERNAL_ERROR, client.next());
			assertEquals(Failure.OVERLOADED, aborted.poll(20, TimeUnit.SECONDS));
			client.reset(1);
			client.get(5, "/" + ROOM * 3 / 4);
			assertEquals("HEADERS 5 200", client.next());
			client.windowUpdate(5, ROOM);
			assertTrue(client.next().startsWith("DATA 5 "));
		}
	}

	@Test
	void answersARequestWhoseContentThereIsNoPlaceFor() throws Exception {
		try (FrameClient client = new FrameClient(gate)) {
			client.add(Frame.HEADERS, Frame.END_HEADERS, 1, FrameClient.request("POST", "/0"));
			for (int i = 0; i < 5; i++) {
				client.add(Frame.DATA, 0, 1, new byte[ROOM / 8]);
			}
			client.flush();
			assertTrue(client.next().startsWith("HEADERS 1 503 "));
			assertEquals(Failure.OVERLOADED, aborted.poll(20, TimeUnit.SECONDS));
		}
	}

	/** Others ask until there is a place again, because the one who takes nothing has lost it. */
	@Test
	void takesThePlaceOfAStreamThatTakesNothing() throws Exception {
		try (FrameClient client = new FrameClient(gate, INITIAL_WINDOW_SIZE, 0)) {
			client.get(1, "/" + ROOM * 3 / 4);
			assertEquals("HEADERS 1 200", client.next());
			String reset = "";
			for (int stream = 3; !reset.equals("RST_STREAM 1 " + ErrorCode.CANCEL); stream += 2) {
				client.get(stream, "/" + ROOM * 3 / 4);
				assertEquals("HEADERS " + stream + " 200", client.next());
				reset = client.next();
				assertTrue(reset.startsWith("RST_STREAM "), reset);
				// that many a second are borne
				aborted.poll(20, TimeUnit.SECONDS);
				aborted.poll(50, TimeUnit.MILLISECONDS);
			}
		}
	}
}
