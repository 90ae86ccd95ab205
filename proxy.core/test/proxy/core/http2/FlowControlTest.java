package proxy.core.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import proxy.api.http.ExchangeHandler;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpExchange;
import proxy.api.http.HttpService;
import proxy.api.http.ResponseHead;
import proxy.core.http.Gate;
import proxy.core.http.Limits;

class FlowControlTest {

	private static final int INITIAL_WINDOW_SIZE = 4;

	private Gate gate;

	private void gate(HttpService service) throws IOException {
		gate = new Gate(loops -> new Http2(loops)::connections, Gate.LIMITS, service);
	}

	@AfterEach
	void close() throws IOException {
		gate.close();
	}

	/** A service that sends letters when it may and takes content when it is told to. */
	private static class Pump implements ExchangeHandler {

		final HttpExchange exchange;
		final CountDownLatch writable = new CountDownLatch(1);
		final CompletableFuture<Failure> aborted = new CompletableFuture<>();
		final AtomicInteger received = new AtomicInteger();
		volatile boolean greedy;

		Pump(HttpExchange exchange) {
			this.exchange = exchange;
			exchange.handler(this);
		}

		@Override
		public boolean onContent(ByteBuffer chunk) {
			received.addAndGet(chunk.remaining());
			return greedy;
		}

		@Override
		public void onContentEnd(FieldSection trailers) {
			exchange.respond(new ResponseHead().status(200), null, true);
		}

		@Override
		public void onWritable() {
			writable.countDown();
		}

		@Override
		public void onAborted(Failure failure, Throwable cause) {
			aborted.complete(failure);
		}
	}

	private static ByteBuffer letters(int count, char letter) {
		byte[] octets = new byte[count];
		java.util.Arrays.fill(octets, (byte) letter);
		return ByteBuffer.wrap(octets);
	}

	@Test
	void waitsForTheStreamsWindow() throws Exception {
		AtomicBoolean flowing = new AtomicBoolean(true);
		CompletableFuture<Pump> pumps = new CompletableFuture<>();
		gate(exchange -> {
			Pump pump = new Pump(exchange);
			exchange.respond(new ResponseHead().status(200), null, false);
			flowing.set(exchange.send(letters(10, 'a'), false));
			pumps.complete(pump);
		});
		try (FrameClient client = new FrameClient(gate, INITIAL_WINDOW_SIZE, 4)) {
			client.get(1, "/");
			assertEquals("HEADERS 1 200", client.next());
			assertEquals("DATA 1 aaaa", client.next());
			assertFalse(flowing.get());
			Pump pump = pumps.get(20, TimeUnit.SECONDS);
			assertEquals(1, pump.writable.getCount());
			client.windowUpdate(1, 3);
			assertEquals("DATA 1 aaa", client.next());
			client.windowUpdate(1, 1000);
			assertEquals("DATA 1 aaa", client.next());
			assertTrue(pump.writable.await(20, TimeUnit.SECONDS));
			pump.exchange.loop().execute(() -> pump.exchange.send(letters(2, 'b'), true));
			assertEquals("DATA 1 bb END", client.next());
		}
	}

	@Test
	void windowsThatOpenTogetherAreUsedTogether() throws Exception {
		gate(exchange -> {
			new Pump(exchange);
			exchange.respond(new ResponseHead().status(200), null, false);
			exchange.send(letters(10, 'a'), false);
		});
		try (FrameClient client = new FrameClient(gate, INITIAL_WINDOW_SIZE, 4)) {
			client.get(1, "/");
			assertEquals("HEADERS 1 200", client.next());
			assertEquals("DATA 1 aaaa", client.next());
			client.add(Frame.WINDOW_UPDATE, 0, 1, new byte[] {0, 0, 0, 2}).add(Frame.WINDOW_UPDATE, 0, 1, new byte[] {0, 0, 0, 3}).flush();
			assertEquals("DATA 1 aaaaa", client.next());
		}
	}

	@Test
	void obeysAWindowThatTheClientChanges() throws Exception {
		gate(exchange -> exchange.respond(new ResponseHead().status(200), letters(10, 'a'), true));
		try (FrameClient client = new FrameClient(gate, INITIAL_WINDOW_SIZE, 5)) {
			client.get(1, "/");
			assertEquals("HEADERS 1 200 content-length=10", client.next());
			assertEquals("DATA 1 aaaaa", client.next());
			client.settings(INITIAL_WINDOW_SIZE, 0);
			client.windowUpdate(1, 5);
			client.windowUpdate(1, 2);
			assertEquals("DATA 1 aa", client.next());
			client.settings(INITIAL_WINDOW_SIZE, 100);
			assertEquals("DATA 1 aaa END", client.next());
		}
	}

	@Test
	void endsAStreamWithoutAWindow() throws Exception {
		gate(exchange -> {
			exchange.respond(new ResponseHead().status(200), null, false);
			exchange.send(null, true);
		});
		try (FrameClient client = new FrameClient(gate, INITIAL_WINDOW_SIZE, 0)) {
			client.get(1, "/");
			assertEquals("HEADERS 1 200", client.next());
			assertEquals("DATA 1  END", client.next());
		}
	}

	@Test
	void sendsTrailersBehindContentThatHadToWait() throws Exception {
		gate(exchange -> {
			FieldSection trailers = new FieldSection();
			trailers.add("x-sum", "1");
			exchange.respond(new ResponseHead().status(200), letters(2, 'a'), false);
			exchange.sendTrailers(trailers);
			trailers.clear();
		});
		try (FrameClient client = new FrameClient(gate, INITIAL_WINDOW_SIZE, 1)) {
			client.get(1, "/");
			assertEquals("HEADERS 1 200", client.next());
			assertEquals("DATA 1 a", client.next());
			client.windowUpdate(1, 1);
			assertEquals("DATA 1 a", client.next());
			assertEquals("HEADERS 1 x-sum=1 END", client.next());
		}
	}

	@Test
	void sharesTheConnectionsWindowFrameByFrame() throws Exception {
		int whole = OutputSchedule.INITIAL_WINDOW;
		gate(exchange -> {
			char letter = exchange.request().target().charAt(1);
			exchange.respond(new ResponseHead().status(200), letters(letter == 'w' ? whole : 40_000, letter), true);
		});
		try (FrameClient client = new FrameClient(gate, INITIAL_WINDOW_SIZE, 1 << 20)) {
			client.get(1, "/w");
			for (int i = 0, left = whole; left > 0; i++) {
				String frame = client.next();
				left -= i == 0 ? 0 : frame.replace(" END", "").length() - "DATA 1 ".length();
			}
			client.get(3, "/a");
			client.get(5, "/b");
			assertTrue(client.next().startsWith("HEADERS 3"));
			assertTrue(client.next().startsWith("HEADERS 5"));
			client.windowUpdate(0, 100_000);
			StringBuilder order = new StringBuilder();
			for (int i = 0; i < 6; i++) {
				order.append(client.next().charAt("DATA ".length()));
			}
			assertEquals("353535", order.toString());
		}
	}

	@Test
	void opensTheWindowOnlyWhenTheServiceHasTakenTheContent() throws Exception {
		CompletableFuture<Pump> pumps = new CompletableFuture<>();
		gate(exchange -> pumps.complete(new Pump(exchange)));
		try (FrameClient client = new FrameClient(gate)) {
			client.post(1, "/");
			byte[] frame = new byte[Frame.MAX_PAYLOAD];
			for (int sent = 0; sent < StreamInput.WINDOW; sent += frame.length) {
				client.add(Frame.DATA, 0, 1, frame);
			}
			client.add(Frame.PING, 0, 0, new byte[8]);
			client.flush();
			// the connection's window for the settings, then the ping's answer: no window was opened in between
			assertEquals(1 << 20, client.next(Frame.WINDOW_UPDATE).getInt() + OutputSchedule.INITIAL_WINDOW);
			assertEquals(Frame.PING, client.type());
			Pump pump = pumps.get(20, TimeUnit.SECONDS);
			assertEquals(0, pump.received.get());
			pump.greedy = true;
			pump.exchange.loop().execute(pump.exchange::receive);
			assertEquals(StreamInput.WINDOW, client.next(Frame.WINDOW_UPDATE).getInt());
			assertEquals(StreamInput.WINDOW, pump.received.get());
			client.data(1, "x", true);
			assertTrue(client.next().startsWith("HEADERS 1 200"));
			assertEquals(StreamInput.WINDOW + 1, pump.received.get());
		}
	}

	@Test
	void refusesContentBeyondTheWindows() throws Exception {
		gate(Pump::new);
		try (FrameClient client = new FrameClient(gate)) {
			client.post(1, "/");
			byte[] frame = new byte[Frame.MAX_PAYLOAD];
			for (int sent = 0; sent <= StreamInput.WINDOW; sent += frame.length) {
				client.add(Frame.DATA, 0, 1, frame);
			}
			client.flush();
			assertEquals("RST_STREAM 1 " + ErrorCode.FLOW_CONTROL_ERROR, client.next());
			for (int stream = 3; stream <= 13; stream += 2) {
				client.add(Frame.HEADERS, Frame.END_HEADERS, stream, FrameClient.request("POST", "/"));
				for (int sent = 0; sent < StreamInput.WINDOW; sent += frame.length) {
					client.add(Frame.DATA, 0, stream, frame);
				}
			}
			client.flush();
			assertEquals(ErrorCode.FLOW_CONTROL_ERROR, client.goneAway());
		}
	}

	@Test
	void givesTheConnectionBackWhatAStreamHasNotTaken() throws Exception {
		gate(Pump::new);
		try (FrameClient client = new FrameClient(gate)) {
			byte[] frame = new byte[Frame.MAX_PAYLOAD];
			for (int stream = 1; stream < 40; stream += 2) {
				client.add(Frame.HEADERS, Frame.END_HEADERS, stream, FrameClient.request("POST", "/"));
				for (int sent = 0; sent < StreamInput.WINDOW; sent += frame.length) {
					client.add(Frame.DATA, 0, stream, frame);
				}
				client.add(Frame.RST_STREAM, 0, stream, new byte[4]).flush();
			}
			client.send(Frame.PING, 0, 0, new byte[8]);
			client.next(Frame.PING);
		}
	}

	@Test
	void givesUpAClientThatTakesNothing() throws Exception {
		CompletableFuture<Failure> aborted = new CompletableFuture<>();
		Limits limits = new Limits(8 * 1024, 10_000, 10_000, 100, 0, 10, peer -> false);
		gate = new Gate(loops -> new Http2(loops)::connections, limits, exchange -> {
			new Pump(exchange).aborted.thenAccept(aborted::complete);
			exchange.respond(new ResponseHead().status(200), letters(10, 'a'), false);
		});
		try (FrameClient client = new FrameClient(gate, INITIAL_WINDOW_SIZE, 0)) {
			client.get(1, "/");
			assertEquals("HEADERS 1 200", client.next());
			assertEquals("RST_STREAM 1 " + ErrorCode.CANCEL, client.next());
			assertEquals(Failure.CLIENT_STALLED, aborted.get(20, TimeUnit.SECONDS));
			assertEquals(Failure.CLIENT_STALLED, gate.outcome().failure());
		}
	}

	@Test
	void givesUpAConnectionThatIsNotRead() throws Exception {
		CompletableFuture<Failure> aborted = new CompletableFuture<>();
		Limits limits = new Limits(8 * 1024, 10_000, 10_000, 200, 0, 10, peer -> false);
		gate = new Gate(loops -> new Http2(loops)::connections, limits, exchange -> {
			Pump pump = new Pump(exchange) {
				@Override
				public void onWritable() {
					send(this.exchange);
				}
			};
			pump.aborted.thenAccept(aborted::complete);
			exchange.respond(new ResponseHead().status(200), null, false);
			send(exchange);
		});
		try (FrameClient client = new FrameClient(gate, INITIAL_WINDOW_SIZE, Integer.MAX_VALUE)) {
			client.windowUpdate(0, 1 << 30);
			client.get(1, "/");
			assertEquals(Failure.CLIENT_STALLED, aborted.get(20, TimeUnit.SECONDS));
		}
	}

	private static void send(HttpExchange exchange) {
		while (exchange.send(letters(100_000, 'a'), false)) {
			// until the socket takes no more
		}
	}
}
