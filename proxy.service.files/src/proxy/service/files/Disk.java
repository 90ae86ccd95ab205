package proxy.service.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import proxy.api.transport.EventLoop;

/**
 * The threads that touch the file system, for all sites: nothing else here does. They end by themselves when there is
 * nothing to do, so that a transfer in progress outlives the bundle that began it.
 */
@Component(service = Disk.class)
public final class Disk {

	/** Octets read at once. */
	static final int CHUNK = 128 * 1024;

	private static final int THREADS = Math.max(4, Math.min(16, Runtime.getRuntime().availableProcessors() * 2));
	private static final int WAITING = 20_000;
	static final int BUFFERS = 32;
	private static final int LOADED = 1_024;
	private static final long LOADED_NANOS = 10_000_000_000L;
	private static final AtomicInteger NUMBER = new AtomicInteger();

	private final FileCache cache = FileCache.withinHeap();
	private final ThreadPoolExecutor threads;
	private final BlockingQueue<ByteBuffer> buffers = new ArrayBlockingQueue<>(BUFFERS);
	private final AtomicInteger made = new AtomicInteger();
	private final FileChannel nowhere = nowhere();
	/** Files that have been read whole, and when. */
	private final Map<Stamp, Long> loaded = new ConcurrentHashMap<>();

	@Activate
	public Disk() {
		threads = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
			Thread thread = new Thread(task, "gatehouse-files-" + NUMBER.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
		threads.allowCoreThreadTimeOut(true);
	}

	FileCache cache() {
		return cache;
	}

	/**
	 * Does the work on a thread that may block, then has its outcome told on the loop: a result, or what was thrown.
	 *
	 * @return false when too many are waiting; then nothing is done
	 */
	<T> boolean call(EventLoop loop, Callable<T> work, BiConsumer<T, Throwable> told) {
		return execute(() -> {
			try {
				T result = work.call();
				loop.execute(() -> told.accept(result, null));
			} catch (Exception | Error trouble) {
				loop.execute(() -> told.accept(null, trouble));
			}
		});
	}

	/** Closes the file, somewhere where that may take time. */
	void close(Closeable file) {
		if (!execute(() -> closeNow(file))) {
			closeNow(file);
		}
	}

	private static void closeNow(Closeable file) {
		try {
			file.close();
		} catch (IOException nothingWasWritten) {
			// nothing can be lost
		}
	}

	/**
	 * Has the system read octets of the file into its memory, without a copy of them being made; a file that it has read whole a
	 * moment ago is there still. On a thread of the disk.
	 *
	 * @throws IOException also when the file is shorter than that
	 */
	void load(FileChannel file, Stamp stamp, Content.Run run) throws IOException {
		long now = System.nanoTime();
		Long loadedAt = loaded.get(stamp);
		if (loadedAt == null || now - loadedAt > LOADED_NANOS) {
			load(file, run);
			if (run.count() + CHUNK >= stamp.size()) {
				if (loaded.size() >= LOADED) {
					loaded.clear();
				}
				loaded.put(stamp, now);
			}
		}
	}

	private void load(FileChannel file, Content.Run run) throws IOException {
		long end = run.position() + run.count();
		for (long from = run.position(); nowhere != null && from < end; ) {
			long count = file.transferTo(from, end - from, nowhere);
			if (count == 0) {
				throw new IOException("the file is shorter than it was");
			}
			from += count;
		}
	}

	private static FileChannel nowhere() {
		try {
			return FileChannel.open(Path.of("/dev/null"), StandardOpenOption.WRITE);
		} catch (IOException elsewhere) {
			return null; // then the event loops wait for the disk, if it is slow
		}
	}

	private boolean execute(Runnable task) {
		try {
			threads.execute(task);
			return true;
		} catch (RejectedExecutionException full) {
			return false;
		}
	}

	/**
	 * A direct buffer for a chunk, cleared; there are only so many, and a reader that is ahead of the event loops waits here.
	 * To be given back.
	 */
	ByteBuffer buffer() {
		ByteBuffer resting = buffers.poll();
		if (resting == null && made.getAndUpdate(count -> Math.min(count + 1, BUFFERS)) < BUFFERS) {
			resting = ByteBuffer.allocateDirect(CHUNK);
		}
		try {
			// a loop that has ended gives nothing back: this must not stop everybody
			resting = resting == null ? buffers.poll(2, TimeUnit.SECONDS) : resting;
		} catch (InterruptedException nobodyDoesThat) {
			Thread.currentThread().interrupt();
		}
		return resting == null ? ByteBuffer.allocateDirect(CHUNK) : resting.clear();
	}

	void giveBack(ByteBuffer buffer) {
		buffers.offer(buffer);
	}
}
