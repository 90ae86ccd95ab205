package proxy.bench;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import proxy.api.transport.EventLoop;
import proxy.api.transport.TlsSession;
import proxy.api.transport.Transport;
import proxy.api.transport.TransportHandler;

/** A connection of which only the addresses are ever asked for: nothing comes and nothing goes. */
public record Peer(EventLoop loop, InetSocketAddress remoteAddress) implements Transport {

	private static final InetSocketAddress LOCAL = new InetSocketAddress("192.0.2.1", 80);

	@Override
	public InetSocketAddress localAddress() {
		return LOCAL;
	}

	@Override
	public TlsSession tls() {
		return null;
	}

	@Override
	public boolean isOpen() {
		return true;
	}

	@Override
	public void handler(TransportHandler handler) {
		throw new UnsupportedOperationException();
	}

	@Override
	public int read(ByteBuffer target) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean write(ByteBuffer source) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean writePending() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void reading(boolean wanted) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void unread(ByteBuffer bytes) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void shutdownOutput() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void close() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void abort() {
		throw new UnsupportedOperationException();
	}
}
