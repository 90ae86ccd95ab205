package proxy.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Await;

class DescriptorsTest {

	/** Of a hundred 75 are for clients. */
	private static final int LIMIT = 100;

	private final AtomicLong open = new AtomicLong();

	private Descriptors descriptors(int others) {
		open.set(others);
		return new Descriptors(LIMIT, open::get);
	}

	private static int take(Descriptors descriptors, int expected) {
		int count = 0;
		for (; descriptors.allow(expected) && count < 1000; count++) {
			descriptors.taken();
		}
		return count;
	}

	@Test
	void aQuarterIsNotForClients() {
		Descriptors files = new Descriptors(LIMIT, () -> open.addAndGet(40));
		// 40 are open: there is room for 8 that may take 4 each; then 80 are
		assertEquals(8, take(files, 0));
		Await.until("they are counted again", () -> {
			assertFalse(files.allow(0));
			return !files.toString().startsWith("40 ");
		});
		assertEquals("80 of 100 files are open", files.toString());
	}

	@Test
	void whatIsExpectedCounts() {
		assertEquals(0, take(descriptors(40), 32));
		assertEquals(0, take(descriptors(Integer.MAX_VALUE), 0));
	}

	@Test
	void withoutALimitEverybodyMayCome() {
		assertTrue(new Descriptors(0, () -> Long.MAX_VALUE).allow(0));
	}

	/** The kernel takes the connections meanwhile. */
	@Test
	void clientsWaitWhileFilesAreShort() throws IOException {
		AtomicInteger accepted = new AtomicInteger();
		Descriptors files = descriptors(72);
		Loops loops = new Loops(1, tls -> null, 1 << 20, files);
		Acceptor acceptor = new Acceptor(loops, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false, 10, null, 10_000,
				transport -> {
					accepted.incrementAndGet();
					transport.abort();
				});
		List<Socket> clients = new ArrayList<>();
		try {
			acceptor.start();
			for (int i = 0; i < 3; i++) {
				clients.add(new Socket(acceptor.address().getAddress(), acceptor.address().getPort()));
			}
			Await.until("files have been counted", () -> files.toString().startsWith("72 "));
			assertEquals(0, accepted.get());
			open.set(10);
			Await.until("all are accepted", () -> accepted.get() == 3);
		} finally {
			for (Socket client : clients) {
				client.close();
			}
			acceptor.close();
			loops.stop();
		}
	}
}
