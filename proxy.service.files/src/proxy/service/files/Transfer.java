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
 * Sends the content of one response, no faster than the client takes it. From memory on the loop alone; from a file that stays open until
 * the end, a run of octets or a chunk of them at a time: a thread of the disk has the system read the next run into its memory, from where it
 * goes to the client; or, where content has to be encrypted or put into frames and at the end in any case, it reads a chunk.
 */
final class Transfer {

	/** Octets. What the gateway cannot send yet it keeps: chunks are small until the client has shown that it takes larger ones. */
	private static final int SMALLEST = 32 * 1024;

	/** Octets that the system is to have in its memory before they are sent. */
	private static final int AHEAD = 16 * 1024 * 1024;

	/** Octets that are sent from where they are at once, or of a file in one turn of the loop, at most. */
	private static final int PORTION = 1024 * 1024;

	private final HttpExchange exchange;
	private final EventLoop loop;
	private final Disk disk;
	private final ResponseHead head;
	private final Variant variant;
	private final Content content;
	private final Consumer<Throwable> unsent;
	private FileChannel file;
	/** Where in the file those octets are that the system has in its memory, and that are to be sent next. */
	private long next;
	private long end;
	/** Octets of the next chunk. */
	private int size;
	/** Whether chunks are sent from the memory they are in; what a slow client does not take at once needs no other. */
	private final boolean inPlace;
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
		inPlace = variant.octets() != null && variant.octets().isDirect() && exchange.sendsFiles();
		size = inPlace ? PORTION : variant.octets() == null ? SMALLEST : 2 * SMALLEST;
	}

	void proceed() {
		if (next < end) {
			pass();
		} else if (variant.octets() == null) {
			read();
		} else {
			boolean flowing = true;
			while (flowing && !over) {
				flowing = send(content.take(variant.octets(), size), content.isDone());
			}
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
		if (!inPlace) {
			size = flowing ? Math.min(size * 2, Disk.CHUNK) : Math.max(size / 2, SMALLEST);
		}
		return flowing;
	}

	private void read() {
		reading = true;
		// the last octets are read, so that a client has them only of a file that nobody has written to
		Content.Run run = exchange.sendsFiles() ? content.take(AHEAD, SMALLEST) : null;
		boolean taken = run == null ? disk.call(loop, this::chunk, this::read) : disk.call(loop, () -> load(run), this::loaded);
		if (!taken) {
			reading = false;
			stop();
			exchange.fail(Failure.OVERLOADED, null);
		}
	}

	/** On a thread of the disk. */
	private Content.Run load(Content.Run run) throws IOException {
		open();
		disk.load(file, variant.stamp(), run);
		return run;
	}

	private void loaded(Content.Run run, Throwable trouble) {
		reading = false;
		if (over) {
			stop();
		} else if (trouble != null) {
			failed(trouble);
		} else {
			next = run.position();
			end = next + run.count();
			if (!exchange.responded()) {
				exchange.respond(head, null, false);
			}
			pass();
		}
	}

	private void pass() {
		if (over) {
			return;
		}
		long from = next;
		next = Math.min(next + PORTION, end);
		if (exchange.send(file, from, next - from) && !over) {
			if (next < end) {
				loop.execute(this::pass);
			} else {
				read();
			}
		}
	}

	/** On a thread of the disk. */
	private void open() throws IOException {
		if (file == null) {
			file = Reading.open(variant.file(), variant.stamp());
		}
	}

	/** On a thread of the disk. */
	private ByteBuffer chunk() throws IOException {
		open();
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
			failed(trouble);
		}
		if (chunk != null) {
			disk.giveBack(chunk);
		}
	}

	private void failed(Throwable trouble) {
		stop();
		if (exchange.responded()) {
			exchange.fail(Failure.INTERNAL, UnreadableException.of(variant.file(), trouble));
		} else {
			unsent.accept(trouble);
		}
	}
}
