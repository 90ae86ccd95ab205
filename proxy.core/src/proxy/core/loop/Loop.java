package proxy.core.loop;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.transport.ClientTls;
import proxy.api.transport.ConnectHandler;
import proxy.api.transport.Deadline;
import proxy.api.transport.EventLoop;
import proxy.api.transport.Transport;
import proxy.api.transport.TunnelObserver;

/** One selector thread. */
public final class Loop implements EventLoop, Runnable {

	/** Octets; enough for everything but large content. */
	private static final int SCRATCH = 256 * 1024;

	private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

	private final Loops loops;
	private final int index;
	private final Selector selector;
	private final TimerWheel wheel;
	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
	private final Consumer<SelectionKey> dispatch = this::selected;
	private ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH);
	private final ByteBuffer cipherIn = ByteBuffer.allocateDirect(SCRATCH);
	private final ByteBuffer cipherOut = ByteBuffer.allocateDirect(SCRATCH);
	private final Backlog backlog;
	private final Thread thread;
	private volatile boolean asleep;
	private volatile boolean stopped;
	private long now = System.nanoTime();

	/** @param backlog octets of memory for what sockets have not taken */
	Loop(Loops loops, int index, long backlog) throws IOException {
		this.loops = loops;
		this.index = index;
		selector = Selector.open();
		wheel = new TimerWheel(now);
		this.backlog = new Backlog(this, backlog);
		thread = new Thread(this, "gatehouse-loop-" + index);
		thread.setDaemon(true);
	}

	void start() {
		thread.start();
	}

	/** Closes every connection and ends the thread, soon. */
	void stop() {
		stopped = true;
		selector.wakeup();
	}

	void join(long millis) throws InterruptedException {
		thread.join(millis);
	}

	@Override
	public void run() {
		try {
			while (!stopped) {
				turn();
			}
			stopping();
		} catch (IOException | RuntimeException | Error broken) {
			LOG.error("event loop {} ended; its connections are lost", index, broken);
		}
	}

	private void stopping() throws IOException {
		IOException cause = new IOException("the gateway is stopping");
		for (SelectionKey key : List.copyOf(selector.keys())) {
			fail(key, cause);
		}
		selector.close();
	}

	private void fail(SelectionKey key, Throwable cause) {
		run(() -> ((Selected) key.attachment()).failed(cause));
		try {
			key.channel().close();
		} catch (IOException gone) {
			LOG.debug("close failed", gone);
		}
	}

	private void turn() throws IOException {
		asleep = true;
		if (tasks.isEmpty()) {
			selector.select(dispatch, wheel.sleepMillis(System.nanoTime()));
		} else {
			selector.selectNow(dispatch);
		}
		asleep = false;
		now = System.nanoTime();
		wheel.advance(now);
		Runnable task;
		// only those queued by now: a task that queues itself again must not keep the selector waiting
		for (int left = tasks.size(); left > 0 && (task = tasks.poll()) != null; left--) {
			run(task);
		}
	}

	private void selected(SelectionKey key) {
		if (asleep) {
			asleep = false;
			now = System.nanoTime();
		}
		if (key.isValid()) {
			try {
				((Selected) key.attachment()).selected(key);
			} catch (RuntimeException | Error bug) {
				LOG.error("a connection is closed because of an unexpected error", bug);
				fail(key, bug);
			}
		}
	}

	void run(Runnable task) {
		try {
			task.run();
		} catch (RuntimeException | Error bug) {
			LOG.error("a task on event loop {} failed unexpectedly", index, bug);
		}
	}

	SelectionKey register(SelectableChannel channel, int operations, Selected attachment) throws IOException {
		return channel.register(selector, operations, attachment);
	}

	/** Takes no more events of the channel; it is let go of at the end of this turn. */
	void release(SelectableChannel channel) {
		SelectionKey key = channel.keyFor(selector);
		if (key != null) {
			key.cancel();
		}
	}

	TimerWheel wheel() {
		return wheel;
	}

	Backlog backlog() {
		return backlog;
	}

	Loops loops() {
		return loops;
	}

	/** For one TLS connection's ciphertext while it reads. */
	ByteBuffer cipherIn() {
		return cipherIn.clear();
	}

	/** For one TLS connection's ciphertext while it writes. */
	ByteBuffer cipherOut() {
		return cipherOut.clear();
	}

	@Override
	public int index() {
		return index;
	}

	@Override
	public int count() {
		return loops.count();
	}

	@Override
	public boolean inLoop() {
		return Thread.currentThread() == thread;
	}

	@Override
	public void execute(Runnable task) {
		tasks.add(task);
		if (asleep && !inLoop()) {
			selector.wakeup();
		}
	}

	@Override
	public long now() {
		return now;
	}

	@Override
	public ByteBuffer scratch() {
		return scratch.clear();
	}

	/** A portion is to fit into the scratch buffer, as it is lent from now on. */
	void makeRoom(int portion) {
		if (portion > scratch.capacity()) {
			scratch = ByteBuffer.allocateDirect(Portion.MOST);
		}
	}

	@Override
	public Deadline deadline(Runnable expired) {
		return new LoopDeadline(this, expired);
	}

	@Override
	public void connect(SocketAddress address, ClientTls tls, int timeoutMillis, ConnectHandler handler) {
		new Connect(this, address, tls, timeoutMillis, handler).start();
	}

	@Override
	public void tunnel(Transport client, Transport upstream, long idleMillis, TunnelObserver observer) {
		new Tunnel(client, upstream, idleMillis, observer).start();
	}

	@Override
	public String toString() {
		return thread.getName();
	}
}
