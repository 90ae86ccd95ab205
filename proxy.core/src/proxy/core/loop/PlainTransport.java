package proxy.core.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import proxy.api.transport.TlsSession;

/** A connection without TLS. */
final class PlainTransport extends LoopTransport {

	PlainTransport(Wire wire) {
		super(wire);
	}

	@Override
	public void wireReadable() {
		readable();
	}

	@Override
	int receive(ByteBuffer target) throws IOException {
		return wire.read(target);
	}

	@Override
	boolean buffered() {
		return false;
	}

	@Override
	public boolean write(ByteBuffer source) throws IOException {
		return wire.write(source);
	}

	@Override
	public boolean write(ByteBuffer first, ByteBuffer second, ByteBuffer third) throws IOException {
		if (second == null) {
			return wire.write(first);
		}
		if (third != null) {
			return wire.write(first, second, third);
		}
		return first.hasRemaining() ? wire.write(first, second) : wire.write(second);
	}

	@Override
	public boolean sendsFiles() {
		return true;
	}

	@Override
	public boolean write(FileChannel file, long position, long count) throws IOException {
		return wire.write(file, position, count);
	}

	@Override
	public void shutdownOutput() {
		wire.shutdownOutput();
	}

	@Override
	public void close() {
		wire.close();
	}

	@Override
	public TlsSession tls() {
		return null;
	}
}
