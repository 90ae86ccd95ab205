package proxy.core.loop;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Await;

class UnsentTest {

	/** Long before a selector does. */
	@Test
	void tellsThatASlowPeerTakesSomething() throws IOException {
		try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				SocketChannel peer = SocketChannel.open(server.getLocalAddress());
				SocketChannel socket = server.accept();
				Selector selector = Selector.open()) {
			socket.configureBlocking(false);
			SelectionKey key = socket.register(selector, SelectionKey.OP_WRITE);
			Unsent unsent = new Unsent();
			unsent.add(ByteBuffer.allocate(64 * 1024 * 1024));
			Await.until("the kernel takes no more", () -> !unsent.send(socket) && !unsent.moved());
			while (selector.selectNow() == 0 && !unsent.moved()) {
				peer.read(ByteBuffer.allocate(16 * 1024));
				unsent.send(socket);
				selector.selectedKeys().clear();
			}
			assertFalse(key.isWritable(), "the selector was sooner");
		}
	}
}
