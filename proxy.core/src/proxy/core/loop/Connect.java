package proxy.core.loop;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import proxy.api.transport.ClientTls;
import proxy.api.transport.ConnectHandler;
import proxy.api.transport.Deadline;

/** A connection being made, TLS handshake included. */
final class Connect implements Selected {

	private final Loop loop;
	private final SocketAddress address;
	private final ClientTls tls;
	private final int timeoutMillis;
	private final ConnectHandler handler;
	private final Deadline limit;
	private SocketChannel channel;
	private TlsTransport handshaking;
	private boolean told;

	Connect(Loop loop, SocketAddress address, ClientTls tls, int timeoutMillis, ConnectHandler handler) {
		this.loop = loop;
		this.address = address;
		this.tls = tls;
		this.timeoutMillis = timeoutMillis;
		this.handler = handler;
		limit = loop.deadline(this::timedOut);
	}

	void start() {
		try {
			channel = SocketChannel.open();
			channel.configureBlocking(false);
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			// a connect to loopback may be complete at once; the selector says so all the same, after this call
			channel.connect(address);
			limit.after(timeoutMillis);
			loop.register(channel, SelectionKey.OP_CONNECT, this);
		} catch (IOException | RuntimeException refused) {
			loop.execute(() -> failed(refused));
		}
	}

	@Override
	public void selected(SelectionKey key) {
		try {
			if (channel.isConnectionPending() && !channel.finishConnect()) {
				return;
			}
			Wire wire = new Wire(loop, channel);
			if (tls == null) {
				PlainTransport transport = new PlainTransport(wire);
				transport.open(key);
				connected(transport);
			} else {
				handshaking = new TlsTransport(wire, loop.loops().tlsClient(tls), this::connected, this::failed);
				handshaking.open(key);
				handshaking.begin();
			}
		} catch (IOException | RuntimeException refused) {
			failed(refused);
		}
	}

	private void connected(LoopTransport transport) {
		if (!told) {
			told = true;
			limit.clear();
			handler.connected(transport);
		}
	}

	private void timedOut() {
		failed(new SocketTimeoutException("no connection within " + timeoutMillis + " ms"));
	}

	@Override
	public void failed(Throwable cause) {
		if (told) {
			return;
		}
		told = true;
		limit.clear();
		if (handshaking != null) {
			handshaking.abort();
		} else if (channel != null) {
			try {
				channel.close();
			} catch (IOException gone) {
				// closed all the same
			}
		}
		handler.failed(cause);
	}
}
