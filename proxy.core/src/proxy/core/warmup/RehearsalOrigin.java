package proxy.core.warmup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every request that the gateway forwards in a rehearsal. A thread of its own. */
final class RehearsalOrigin implements AutoCloseable {

	/** The end of every response's octets, of HTTP/1.1 at least. */
	static final String CONTENT = "in rehearsal\n";

	private static final Logger LOG = LoggerFactory.getLogger(RehearsalOrigin.class);
	private static final ByteBuffer RESPONSE = Octets.direct("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
			+ "Cache-Control: no-store\r\nContent-Length: " + CONTENT.length() + "\r\n\r\n" + CONTENT);

	private final Selector selector = Selector.open();
	private final ServerSocketChannel listening = ServerSocketChannel.open();
	private final Thread thread = new Thread(this::run, "gatehouse-warmup-origin");
	private final ByteBuffer received = ByteBuffer.allocateDirect(8 * 1024);

	RehearsalOrigin() throws IOException {
		listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		listening.configureBlocking(false);
		listening.register(selector, SelectionKey.OP_ACCEPT);
		thread.setDaemon(true);
		thread.start();
	}

	InetSocketAddress address() {
		return (InetSocketAddress) listening.socket().getLocalSocketAddress();
	}

	private void run() {
		try {
			while (selector.isOpen()) {
				selector.select();
				Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
				while (ready.hasNext()) {
					serve(ready.next());
					ready.remove();
				}
			}
		} catch (IOException | RuntimeException ended) {
			LOG.debug("the origin of the rehearsal has ended", ended);
		}
	}

	private void serve(SelectionKey key) throws IOException {
		if (key.isAcceptable()) {
			SocketChannel connection = listening.accept();
			connection.configureBlocking(false);
			connection.register(selector, SelectionKey.OP_READ);
		} else {
			answer((SocketChannel) key.channel());
		}
	}

	/** One request is under way on a connection at a time, so its end is where nothing follows. */
	private void answer(SocketChannel connection) throws IOException {
		received.clear();
		int count = connection.read(received);
		if (count < 0) {
			connection.close();
		} else if (count >= 2 && received.get(count - 1) == '\n' && received.get(count - 2) == '\r') {
			connection.write(RESPONSE.duplicate());
		}
	}

	@Override
	public void close() throws IOException {
		for (SelectionKey key : selector.keys()) {
			key.channel().close();
		}
		selector.close();
	}
}
