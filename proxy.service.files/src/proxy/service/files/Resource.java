package proxy.service.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What a path led to when it was looked at last, and the forms of it that have been read. Any thread. */
final class Resource {

	/** A file that was changed so shortly before it was read may have been changed again with the same time. */
	private static final long SETTLED_NANOS = 2_000_000_000L;

	private final Path file;
	private final Stamp stamp;
	private final String contentType;
	private final Map<Coding, Stamp> siblings;
	private final boolean varies;
	private final boolean settled;
	private final AtomicReferenceArray<Variant> variants = new AtomicReferenceArray<>(Coding.values().length);
	private final AtomicLong lookedAt;
	private volatile List<Coding> offered;
	/** When it was used last, for {@link FileCache}; approximate. */
	volatile long usedAt;

	/**
	 * @param file no link
	 * @param siblings the codings that there are files of, beside it
	 * @param offered in order of preference, identity last
	 * @param now of {@link System#nanoTime()}
	 */
	Resource(Path file, Stamp stamp, String contentType, Map<Coding, Stamp> siblings, List<Coding> offered, long now) {
		this.file = file;
		this.stamp = stamp;
		this.contentType = contentType;
		this.siblings = siblings;
		this.offered = offered;
		varies = offered.size() > 1;
		settled = System.currentTimeMillis() * 1_000_000 - stamp.modified() > SETTLED_NANOS;
		lookedAt = new AtomicLong(now);
		usedAt = now;
	}

	Path file() {
		return file;
	}

	Stamp stamp() {
		return stamp;
	}

	String contentType() {
		return contentType;
	}

	/** What the sibling of that coding was, or null when there is none. */
	Stamp sibling(Coding coding) {
		return siblings.get(coding);
	}

	List<Coding> offered() {
		return offered;
	}

	/** Whether it depends on the client which form of it is sent. */
	boolean varies() {
		return varies;
	}

	/** The coding turned out to be of no use. */
	void withdraw(Coding coding) {
		offered = offered.stream().filter(other -> other != coding).toList();
	}

	/** Null when it has not been read. */
	Variant variant(Coding coding) {
		return variants.get(coding.ordinal());
	}

	/** Keeps a form that has been read; false when another thread was faster. */
	boolean keep(Variant variant) {
		return variants.compareAndSet(variant.coding().ordinal(), null, variant);
	}

	/** Whether another look found the same, so that what has been read still holds. */
	boolean sameAs(Resource later) {
		return settled && file.equals(later.file) && stamp.equals(later.stamp) && siblings.equals(later.siblings);
	}

	/** It has been looked at again. */
	void looked(long now) {
		lookedAt.set(now);
		usedAt = now;
	}

	/** Whether the last look is not long ago. One caller is told no, and looks; meanwhile the others are told yes. */
	boolean isFresh(long now, long recheckNanos) {
		long looked = lookedAt.get();
		return recheckNanos > 0 && (now - looked < recheckNanos || !lookedAt.compareAndSet(looked, now));
	}
}
