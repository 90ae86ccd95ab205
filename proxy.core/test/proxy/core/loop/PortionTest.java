package proxy.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.junit.jupiter.api.Test;

class PortionTest {

	private final Portion portion = new Portion();
	private final ByteBuffer target = ByteBuffer.allocate(2 * Portion.MOST);

	/** Reads from a socket that has so many octets. */
	private int read(int available) throws IOException {
		ReadableByteChannel source = new ReadableByteChannel() {

			@Override
			public int read(ByteBuffer into) {
				int count = Math.min(available, into.remaining());
				into.position(into.position() + count);
				return count;
			}

			@Override
			public boolean isOpen() {
				return true;
			}

			@Override
			public void close() {
				// holds nothing
			}
		};
		return portion.read(source, target.clear());
	}

	@Test
	void doublesWhileItComesInFull() throws IOException {
		assertEquals(Portion.LEAST, read(Portion.MOST));
		assertEquals(2 * Portion.LEAST, read(Portion.MOST));
		assertEquals(100, read(100));
		assertEquals(4 * Portion.LEAST, read(Portion.MOST));
	}

	@Test
	void hasABound() throws IOException {
		for (int full = 0; full < 10; full++) {
			read(2 * Portion.MOST);
		}
		assertEquals(Portion.MOST, read(2 * Portion.MOST));
	}

	@Test
	void getsSmallWhenTheReceiverIsSlow() throws IOException {
		for (int full = 0; full < 10; full++) {
			read(Portion.MOST);
		}
		for (int pause = 0; pause < 4; pause++) {
			read(Portion.MOST);
			portion.paused();
		}
		assertEquals(Portion.LEAST, read(Portion.MOST));
	}

	@Test
	void staysWhenReadingPausesBetweenMessages() throws IOException {
		read(Portion.MOST);
		read(100);
		portion.paused();
		assertEquals(2 * Portion.LEAST, portion.next());
	}

	@Test
	void leavesTheLimitOfTheBufferAsItWas() throws IOException {
		read(100);
		assertEquals(2 * Portion.MOST, target.limit());
	}
}
