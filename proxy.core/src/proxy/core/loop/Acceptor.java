package proxy.core.loop;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bound server socket that all loops accept from: whichever is free first takes the next connection and keeps it.
 */
public final class Acceptor {

	private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

	/** So that a storm of connections leaves turns for those that stand. */
	private static final int ACCEPTS_A_TURN = 32;

	private static final int EXHAUSTED_PAUSE_MILLIS = 100;
	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	/** How long closing may wait for the loops to let go of the socket. */
	private static final int RELEASE_MILLIS = 2_000;

	private final ServerSocketChannel channel;
	private final boolean shared;
	private final Loops loops;
	private final Consumer<LoopTransport> accepted;
	private final Function<ClientHello, SSLEngine> tls;
	private final int handshakeMillis;
	private final InetSocketAddress wanted;
	private final AtomicInteger handshakes = new AtomicInteger();
	private final Quota exhaustions = new Quota();
	private volatile boolean started;
	private volatile boolean leaving;
	private Predicate<InetAddress> introducing = peer -> false;
	private byte[] toPlainHttp;

	/**
	 * Binds. Accepting begins with {@link #start}.
	 *
	 * @param tls chooses the engine for a ClientHello, or null for a plain listener
	 * @param handshakeMillis time limit of a TLS handshake, from the connection's acceptance
	 * @param accepted called on the connection's loop, for TLS after the handshake; must install a handler
	 * @throws IOException when the address cannot be bound
	 */
	public Acceptor(
			Loops loops,
			InetSocketAddress address,
			boolean reusePort,
			int backlog,
			Function<ClientHello, SSLEngine> tls,
			int handshakeMillis,
			Consumer<LoopTransport> accepted)
			throws IOException {
		this.loops = loops;
		this.tls = tls;
		this.handshakeMillis = handshakeMillis;
		this.accepted = accepted;
		InetSocketAddress here = here(address);
		wanted = here;
		shared = reusePort && isTaken(here);
		channel = open(here);
		try {
			channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
			if (reusePort && channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
				channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
			}
			channel.bind(here, backlog);
			channel.configureBlocking(false);
		} catch (IOException | RuntimeException refused) {
			channel.close();
			throw refused;
		}
	}

	/** Machines and containers without IPv6 have 0.0.0.0 for {@code [::]}. */
	private static InetSocketAddress here(InetSocketAddress address) throws IOException {
		if (address.getAddress() instanceof Inet4Address) {
			return address;
		}
		try {
			ServerSocketChannel.open(StandardProtocolFamily.INET6).close();
			return address;
		} catch (UnsupportedOperationException noIpv6) {
			if (address.getAddress().isAnyLocalAddress()) {
				return new InetSocketAddress(InetAddress.getByAddress(new byte[4]), address.getPort());
			}
			throw new BindException("there is no IPv6 here");
		}
	}

	/** A socket that could take IPv6 would do so at 0.0.0.0 too. */
	private static ServerSocketChannel open(InetSocketAddress address) throws IOException {
		return address.getAddress() instanceof Inet4Address
				? ServerSocketChannel.open(StandardProtocolFamily.INET)
				: ServerSocketChannel.open();
	}

	/** Whether somebody listens there already: with SO_REUSEPORT on both sides the kernel would not mind. */
	private static boolean isTaken(InetSocketAddress address) throws IOException {
		try (ServerSocketChannel probe = open(address)) {
			probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
			probe.bind(address);
			return false;
		} catch (BindException taken) {
			return true;
		}
	}

	/** Whether another socket listened at the address when this one was bound, and shares its connections. */
	public boolean isShared() {
		return shared;
	}

	public InetSocketAddress address() {
		return (InetSocketAddress) channel.socket().getLocalSocketAddress();
	}

	/** Which peers have to send a PROXY header before anything else; nobody otherwise. Before {@link #start}. */
	public void introducing(Predicate<InetAddress> peers) {
		introducing = peers;
	}

	/** What clients get that speak HTTP without TLS; nothing otherwise. Before {@link #start}. */
	public void toPlainHttp(byte[] answer) {
		toPlainHttp = answer;
	}

	public void start() {
		started = true;
		for (int i = 0; i < loops.count(); i++) {
			Loop loop = loops.loop(i);
			loop.execute(() -> register(loop));
		}
	}

	/** Whether somebody else listens at the address now that this socket is closed. */
	public boolean isTakenOver() throws IOException {
		return isTaken(wanted);
	}

	/** TLS handshakes, and PROXY headers, that have not come to an end yet. */
	public int handshakes() {
		return handshakes.get();
	}

	/**
	 * Gives the address back, after accepting what the kernel has queued: it would be reset. Connections that stand are
	 * not touched. Not for a loop's thread, since the loops have to let go of the socket first: until then a closed one
	 * would go on queueing.
	 */
	public void close() throws IOException {
		leaving = true;
		for (int i = 0; i < loops.count(); i++) {
			Loop loop = loops.loop(i);
			loop.execute(() -> loop.release(channel));
		}
		try {
			for (int i = 0; i < RELEASE_MILLIS && channel.isRegistered(); i++) {
				Thread.sleep(1);
			}
			CountDownLatch closed = new CountDownLatch(1);
			loops.loop(0).execute(() -> {
				closeWhenEmpty(loops.loop(0));
				closed.countDown();
			});
			closed.await(RELEASE_MILLIS, TimeUnit.MILLISECONDS);
		} catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
		channel.close();
	}

	private void closeWhenEmpty(Loop loop) {
		try {
			SocketChannel socket;
			while (started && (socket = channel.accept()) != null) {
				begin(loop, socket);
			}
			channel.close();
		} catch (IOException failed) {
			LOG.debug("{}: what was queued is lost", wanted, failed);
		}
	}

	private void register(Loop loop) {
		if (leaving) {
			return;
		}
		try {
			loop.register(channel, SelectionKey.OP_ACCEPT, new Accepting(loop));
		} catch (ClosedChannelException closedMeanwhile) {
			LOG.debug("closed before it accepted", closedMeanwhile);
		} catch (IOException failed) {
			LOG.error("{} does not accept connections", address(), failed);
		}
	}

	/** The socket as one loop sees it. */
	private final class Accepting implements Selected {

		private final Loop loop;

		Accepting(Loop loop) {
			this.loop = loop;
		}

		@Override
		public void selected(SelectionKey key) {
			accept(loop, key);
		}

		@Override
		public void failed(Throwable cause) {
			LOG.debug("{} does not accept any more", this, cause);
		}
	}

	private void accept(Loop loop, SelectionKey key) {
		Descriptors descriptors = loops.descriptors();
		try {
			for (int i = 0; i < ACCEPTS_A_TURN; i++) {
				if (!descriptors.allow(handshakes.get() * Descriptors.TLS)) {
					pause(loop, key, descriptors + ", the others are for upstreams");
					return;
				}
				SocketChannel socket = channel.accept();
				if (socket == null) {
					return;
				}
				descriptors.taken();
				begin(loop, socket);
			}
		} catch (ClosedChannelException closed) {
			key.cancel();
		} catch (IOException exhausted) {
			pause(loop, key, exhausted.getMessage());
		}
	}

	private void pause(Loop loop, SelectionKey key, String why) {
		exhaustions.warning(LOG, loop.now()).log("{}: no connection can be accepted: {}", address(), why);
		key.interestOps(0);
		loop.deadline(() -> {
			if (key.isValid()) {
				key.interestOps(SelectionKey.OP_ACCEPT);
			}
		}).after(EXHAUSTED_PAUSE_MILLIS);
	}

	private void established(LoopTransport transport) {
		handshakes.decrementAndGet();
		transport.onClose(() -> {});
		accepted.accept(transport);
	}

	private void begin(Loop loop, SocketChannel socket) throws IOException {
		try {
			socket.configureBlocking(false);
			socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
			Wire wire = new Wire(loop, socket);
			if (introducing.test(wire.remote().getAddress())) {
				handshakes.incrementAndGet();
				wire.onClose(handshakes::decrementAndGet);
				new Introduction(wire, handshakeMillis, this::introduced).open();
			} else {
				begin(wire, NOTHING);
			}
		} catch (IOException gone) {
			LOG.debug("a client was gone before it was accepted", gone);
			socket.close();
		} catch (RuntimeException | Error bug) {
			LOG.error("a connection to {} could not be begun", wanted, bug);
			socket.close();
		}
	}

	private void introduced(Wire wire, ByteBuffer received) throws IOException {
		wire.onClose(() -> {});
		try {
			begin(wire, received);
		} finally {
			handshakes.decrementAndGet(); // counted by who comes next by now
		}
	}

	private void begin(Wire wire, ByteBuffer received) throws IOException {
		if (tls == null) {
			PlainTransport transport = new PlainTransport(wire);
			transport.open(null);
			if (received.hasRemaining()) {
				transport.unread(received);
			}
			accepted.accept(transport);
			transport.readBuffered();
		} else {
			handshakes.incrementAndGet();
			TlsTransport transport = new TlsTransport(wire, tls, handshakeMillis, this::established);
			transport.onClose(handshakes::decrementAndGet);
			transport.toPlainHttp(toPlainHttp);
			transport.open(null);
			transport.received(received);
		}
	}
}
