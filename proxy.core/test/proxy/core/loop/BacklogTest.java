package proxy.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxy.api.transport.TransportHandler;
import proxy.fixtures.Await;

class BacklogTest {

	private static final int MIB = 1024 * 1024;

	/** Far more than the kernel keeps for a peer that takes nothing. */
	private static final int MUCH = 24 * MIB;

	private final BlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();
	private Loops loops;
	private Acceptor acceptor;

	@BeforeEach
	void open() throws IOException {
		loops = new Loops(1, tls -> null, MUCH + MUCH / 4);
		acceptor = new Acceptor(
				loops, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false, 10, null, 10_000, this::accepted);
		acceptor.start();
	}

	@AfterEach
	void close() throws IOException {
		acceptor.close();
		loops.stop();
	}

	/** Sends as many MiB as it is asked for by an octet; if they are fewer than none, it puts them back instead. */
	private void accepted(LoopTransport transport) {
		transport.handler(new TransportHandler() {

			@Override
			public void onReadable() {
				try {
					ByteBuffer asked = ByteBuffer.allocate(1);
					int count = transport.read(asked);
					if (count > 0 && asked.get(0) < 0) {
						transport.reading(false);
						transport.unread(ByteBuffer.allocate(-asked.get(0) * MIB));
					} else if (count > 0) {
						transport.write(ByteBuffer.allocate(asked.get(0) * MIB));
					} else if (count < 0) {
						transport.close();
					}
				} catch (IOException broken) {
					transport.abort();
					ends.add(broken);
				}
			}

			@Override
			public void onWritable() {}

			@Override
			public void onClosed(Throwable cause) {
				ends.add(cause);
			}
		});
	}

	private Socket ask(int mib) throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(4096);
		socket.setSoTimeout(20_000);
		socket.connect(acceptor.address());
		socket.getOutputStream().write(mib);
		return socket;
	}

	@Test
	void aPeerThatTakesNothingHasToGoWhenOthersNeedTheMemory() throws Exception {
		assertGoes(MUCH / MIB, "the peer takes nothing while memory is short");
	}

	@Test
	void soHasOneThatHasSentFarAheadOfWhatIsWanted() throws Exception {
		assertGoes(-MUCH / MIB, "what has been sent ahead waits while memory is short");
	}

	private void assertGoes(int mib, String why) throws Exception {
		try (Socket stuck = ask(mib)) {
			// others that need some, and do not stay
			Await.until("somebody has to go", () -> {
				try (Socket other = ask(MUCH / MIB / 4 * 3)) {
					other.getInputStream().read();
				}
				return ends.stream().anyMatch(end -> why.equals(end.getMessage()));
			});
			assertThrows(IOException.class, () -> stuck.getInputStream().readAllBytes());
		}
	}

	@ParameterizedTest
	@CsvSource({"1, too much waits for slow peers", "-1, too much waits that has been sent ahead"})
	void thereIsNoMoreThanThereIs(int sign, String why) throws Exception {
		try (Socket greedy = ask(sign * 4 * MUCH / MIB)) {
			Throwable end = ends.poll(20, TimeUnit.SECONDS);
			assertInstanceOf(IOException.class, end);
			assertEquals(why, end.getMessage());
			assertThrows(IOException.class, () -> greedy.getInputStream().readAllBytes());
		}
	}
}
