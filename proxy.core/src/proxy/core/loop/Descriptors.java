package proxy.core.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process's open files, of which clients do not get all: a quarter is for what serves them, connections to upstreams above all.
 * Files are counted when as many clients have come as could have taken what was left. Any thread.
 */
final class Descriptors {

	private static final Logger LOG = LoggerFactory.getLogger(Descriptors.class);

	private static final Path OPEN = Path.of("/proc/self/fd");
	private static final Path LIMITS = Path.of("/proc/self/limits");
	private static final String LIMIT = "Max open files";

	private static final int RESERVE_SHARE = 4;

	/** What TLS may take for a connection, but for the socket. */
	static final int TLS = 2;

	/** What a client may take: its socket, TLS, the upstream's socket. */
	private static final int EACH = TLS + 2;

	/** Counting may take this share of the time. */
	private static final int TIME_SHARE = 10;

	private final long limit;
	private final LongSupplier counting;
	/** How many clients may come before files are counted again. */
	private final AtomicLong room = new AtomicLong();
	private long countedAgainAt = Long.MIN_VALUE;
	private volatile long open;

	/**
	 * @param limit how many files may be open at once; 0 when it is not known, then everybody may come
	 * @param counting how many are open
	 */
	Descriptors(long limit, LongSupplier counting) {
		this.limit = limit;
		this.counting = counting;
	}

	/** Those of this process, which only Linux tells of. */
	static Descriptors ofProcess() {
		return new Descriptors(limit(), Descriptors::countOpen);
	}

	private static long limit() {
		try (Stream<String> lines = Files.lines(LIMITS)) {
			String soft = lines.filter(line -> line.startsWith(LIMIT)).findFirst().orElse(LIMIT)
					.substring(LIMIT.length()).strip().split(" ", 2)[0];
			return soft.matches("[0-9]{1,18}") ? Long.parseLong(soft) : 0;
		} catch (IOException anotherSystem) {
			LOG.debug("the limit of open files is not known", anotherSystem);
			return 0;
		}
	}

	private static long countOpen() {
		try {
			// since Linux 6.2
			long size = Files.size(OPEN);
			if (size > 0) {
				return size;
			}
			try (Stream<Path> files = Files.list(OPEN)) {
				return files.count();
			}
		} catch (IOException exhausted) {
			LOG.debug("open files could not be counted", exhausted);
			return Long.MAX_VALUE;
		}
	}

	/**
	 * Whether another client may come.
	 *
	 * @param expected how many files will be open soon besides those that are
	 */
	boolean allow(int expected) {
		return limit == 0 || room.get() > 0 || count(expected);
	}

	/** Another client has come. */
	void taken() {
		room.decrementAndGet();
	}

	private synchronized boolean count(int expected) {
		long begun = System.nanoTime();
		if (room.get() > 0) {
			return true;
		}
		if (countedAgainAt != Long.MIN_VALUE && begun - countedAgainAt < 0) {
			return false;
		}
		open = counting.getAsLong();
		room.set((limit - limit / RESERVE_SHARE - open - expected) / EACH);
		long ended = System.nanoTime();
		countedAgainAt = ended + (ended - begun) * (TIME_SHARE - 1);
		return room.get() > 0;
	}

	@Override
	public String toString() {
		return open + " of " + limit + " files are open";
	}
}
