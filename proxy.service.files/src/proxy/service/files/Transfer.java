package proxy.service.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import proxy.api.http.Failure;
import proxy.api.http.HttpExchange;
import proxy.api.http.ResponseHead;
import proxy.api.transport.EventLoop;

/**
 * Sends the content of one response, chunk by chunk, no faster than the client takes it. From memory on the loop alone; from
 * a file, a thread of the disk reads the next chunk when the one before is out, and the file stays open until the end.
 */
final class Transfer {

	/** What the gateway cannot send yet it keeps: chunks are small until the client has shown that it takes larger ones. */
	private static final int SMALLEST = 32 * 1024;

	private final HttpExchange exchange;
	private final EventLoop loop;
	private final Disk disk;
	private final ResponseHead head;
	private final Variant variant;
	private final Content content;
	private final Consumer<Throwable> unsent;
	private FileChannel file;
	private int size = SMALLEST;
	private boolean reading;
	private boolean over;

	/** @param unsent told of trouble with the file before anything has been sent */
	Transfer(
			HttpExchange exchange, Disk disk, ResponseHead head, Variant variant, Content content, Consumer<Throwable> unsent) {
		this.exchange = exchange;
		this.disk = disk;
		this.head = head;
		this.variant = variant;
		this.content = content;
		this.unsent = unsent;
		loop = exchange.loop();
	}

	void proceed() {
		if (variant.octets() == null) {
			read();
			return;
		}
		boolean flowing = true;
		while (flowing && !over) {
			flowing = send(content.take(variant.octets(), size), content.isDone());
		}
	}

	void stop() {
		over = true;
		if (!reading && file != null) {
			disk.close(file);
			file = null;
		}
	}

	/** False when the next chunk has to wait. */
	private boolean send(ByteBuffer chunk, boolean last) {
		// before the call: it may end in stop()
		over |= last;
		boolean flowing = exchange.responded() ? exchange.send(chunk, last) : exchange.respond(head, chunk, last);
		size = flowing ? Math.min(size * 2, Disk.CHUNK) : Math.max(size / 2, SMALLEST);
		return flowing;
	}

	private void read() {
		reading = true;
		if (!disk.call(loop, this::chunk, this::read)) {
			reading = false;
			stop();
			exchange.fail(Failure.OVERLOADED, null);
		}
	}

	/** On a thread of the disk. */
	private ByteBuffer chunk() throws IOException {
		if (file == null) {
			file = Reading.open(variant.file(), variant.stamp());
		}
		ByteBuffer chunk = disk.buffer().limit(size);
		try {
			content.take(file, chunk);
			if (content.isDone()) {
				Reading.requireUnwritten(variant.file(), variant.stamp());
				file.close();
			}
			return chunk.flip();
		} catch (IOException | RuntimeException trouble) {
			disk.giveBack(chunk);
			throw trouble;
		}
	}

	private void read(ByteBuffer chunk, Throwable trouble) {
		reading = false;
		if (over) {
			stop();
		} else if (trouble == null) {
			if (send(chunk, content.isDone()) && !over) {
				read();
			}
		} else {
			stop();
			if (exchange.responded()) {
				exchange.fail(Failure.INTERNAL, UnreadableException.of(variant.file(), trouble));
			} else {
				unsent.accept(trouble);
			}
		}
		if (chunk != null) {
			disk.giveBack(chunk);
		}
	}
}
