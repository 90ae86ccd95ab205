package proxy.discovery.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * One connection to the engine, read as a stream. Unix sockets have no time limits of their own, so it waits with a
 * selector; an interrupt ends every wait. For one thread.
 */
final class EngineConnection extends InputStream {

	private final SocketChannel channel;
	private final Selector selector;
	private final SelectionKey key;
	private final ByteBuffer input = ByteBuffer.allocate(16 * 1024).flip();
	/** Of {@link System#nanoTime()}. */
	private long deadline;

	EngineConnection(EngineAddress address, Duration limit) throws IOException {
		limit(limit);
		channel = address.open();
		Selector opened = null;
		try {
			opened = Selector.open();
			channel.configureBlocking(false);
			key = channel.register(opened, 0);
			selector = opened;
			if (!channel.connect(address.resolve())) {
				while (!channel.finishConnect()) {
					await(SelectionKey.OP_CONNECT);
				}
			}
		} catch (IOException | RuntimeException e) {
			channel.close();
			if (opened != null) {
				opened.close();
			}
			throw e;
		}
	}

	/** All that is read and written from now on has to be through within this time. */
	void limit(Duration limit) {
		deadline = System.nanoTime() + limit.toNanos();
	}

	void write(ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			if (channel.write(bytes) == 0) {
				await(SelectionKey.OP_WRITE);
			}
		}
	}

	/** Whether there is something to read, or the end, within a time of its own. */
	boolean hasInputWithin(Duration wait) throws IOException {
		return input.hasRemaining() || select(SelectionKey.OP_READ, Math.max(1, wait.toMillis()));
	}

	@Override
	public int read() throws IOException {
		return fill() ? input.get() & 0xFF : -1;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (!fill()) {
			return -1;
		}
		int count = Math.min(length, input.remaining());
		input.get(target, offset, count);
		return count;
	}

	/** A line without its end, at most that many octets (RFC 9112 section 2.2). */
	String line(int most) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int octet = read(); octet != '\n'; octet = read()) {
			if (octet < 0) {
				throw new EOFException("the engine ended the connection in the middle of its answer");
			}
			if (line.length() == most) {
				throw new IOException("the engine's answer has a line of more than " + most + " octets");
			}
			line.append((char) octet);
		}
		int length = line.length();
		return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
	}

	@Override
	public void close() throws IOException {
		try {
			channel.close();
		} finally {
			selector.close();
		}
	}

	private boolean fill() throws IOException {
		while (!input.hasRemaining()) {
			input.clear();
			int count = channel.read(input);
			input.flip();
			if (count < 0) {
				return false;
			}
			if (count == 0) {
				await(SelectionKey.OP_READ);
			}
		}
		return true;
	}

	private void await(int operation) throws IOException {
		long left = (deadline - System.nanoTime()) / 1_000_000;
		if (left <= 0 || !select(operation, left)) {
			throw new SocketTimeoutException("the engine does not answer");
		}
	}

	private boolean select(int operation, long millis) throws IOException {
		key.interestOps(operation);
		int ready = selector.select(millis);
		selector.selectedKeys().clear();
		if (Thread.currentThread().isInterrupted()) {
			throw new InterruptedIOException("stopped");
		}
		return ready > 0;
	}
}
