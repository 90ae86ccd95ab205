package proxy.log.access;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import proxy.api.transport.ClientTls;
import proxy.api.transport.ConnectHandler;
import proxy.api.transport.Deadline;
import proxy.api.transport.EventLoop;
import proxy.api.transport.Transport;
import proxy.api.transport.TunnelObserver;

/** The thread that asks, as a loop. */
record TestLoop(int index, int count) implements EventLoop {

	@Override
	public boolean inLoop() {
		return true;
	}

	@Override
	public void execute(Runnable task) {
		task.run();
	}

	@Override
	public long now() {
		return System.nanoTime();
	}

	@Override
	public ByteBuffer scratch() {
		throw new UnsupportedOperationException();
	}

	@Override
	public Deadline deadline(Runnable expired) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void connect(SocketAddress address, ClientTls tls, int timeoutMillis, ConnectHandler handler) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void tunnel(Transport client, Transport upstream, long idleMillis, TunnelObserver observer) {
		throw new UnsupportedOperationException();
	}
}
