package proxy.service.files;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * Memory for the content of files that is kept: outside the heap, from where it goes to sockets and into encryption without another copy
 * being made. It is free again when a garbage collection has found that nobody uses it any more; what waits for that counts, too, so that
 * there is never more than the limit. Beyond it there is the heap. Any thread.
 */
final class ContentMemory {

	/** Octets; less is copied behind the head of its response in any case. */
	static final int LEAST = 16 * 1024;

	private static final class Lent extends PhantomReference<ByteBuffer> {

		private final int octets;

		Lent(ByteBuffer memory, ReferenceQueue<ByteBuffer> unused) {
			super(memory, unused);
			octets = memory.capacity();
		}
	}

	private final Set<Lent> lent = new HashSet<>();
	private final ReferenceQueue<ByteBuffer> unused = new ReferenceQueue<>();
	private long limit;
	private long used;

	/** @param limit in octets */
	ContentMemory(long limit) {
		this.limit = limit;
	}

	synchronized ByteBuffer allocate(int octets) {
		takeBack();
		if (octets > LEAST && used + octets <= limit) {
			try {
				ByteBuffer memory = ByteBuffer.allocateDirect(octets);
				lent.add(new Lent(memory, unused));
				used += octets;
				return memory;
			} catch (OutOfMemoryError less) {
				// the process may have less than that outside its heap, and event loops need some of it
				limit = used / 2;
			}
		}
		return ByteBuffer.allocate(octets);
	}

	private void takeBack() {
		for (Reference<?> free = unused.poll(); free != null; free = unused.poll()) {
			Lent back = (Lent) free;
			lent.remove(back);
			used -= back.octets;
		}
	}
}
