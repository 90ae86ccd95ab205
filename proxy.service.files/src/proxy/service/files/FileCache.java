package proxy.service.files;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What paths of all sites led to, and the content of small files, in as much memory as a share of the heap is; what has not been used
 * for longest has to go first. Any thread may ask; changes are for the disk's threads.
 */
final class FileCache {

	/** The share for all sites together. */
	private static final int HEAP_SHARE = 8;

	/** What a resource without content takes, roughly, in octets. */
	private static final int RESOURCE = 1_024;

	private record Key(Site site, String path) {}

	private record Held(Resource resource, long octets) {}

	private final Map<Key, Held> held = new ConcurrentHashMap<>();
	private final ContentMemory memory;
	private final long limit;
	private long used;

	/** @param limit in octets */
	FileCache(long limit) {
		this.limit = limit;
		memory = new ContentMemory(limit);
	}

	static FileCache withinHeap() {
		return new FileCache(Runtime.getRuntime().maxMemory() / HEAP_SHARE);
	}

	/** Where content that is kept has its place. */
	ContentMemory memory() {
		return memory;
	}

	/** Null when nothing is known. */
	Resource get(Site site, RequestPath path) {
		Held found = held.get(new Key(site, path.text()));
		return found == null ? null : found.resource;
	}

	/** Keeps the resource, and what has been read of it by now. */
	synchronized void put(Site site, RequestPath path, Resource resource) {
		long octets = RESOURCE;
		for (Coding coding : Coding.values()) {
			Variant variant = resource.variant(coding);
			octets += variant == null || variant.octets() == null ? 0 : variant.octets().capacity();
		}
		Held before = held.put(new Key(site, path.text()), new Held(resource, octets));
		used += octets - (before == null ? 0 : before.octets);
		if (used > limit) {
			makeRoom();
		}
	}

	synchronized void remove(Site site, RequestPath path) {
		remove(new Key(site, path.text()));
	}

	/** The site is no more. */
	synchronized void forget(Site site) {
		List.copyOf(held.keySet()).stream().filter(key -> key.site == site).forEach(this::remove);
	}

	synchronized long used() {
		return used;
	}

	private void remove(Key key) {
		Held gone = held.remove(key);
		used -= gone == null ? 0 : gone.octets;
	}

	/** A quarter at once, so that it need not be done for every file. */
	private void makeRoom() {
		Comparator<Map.Entry<Key, Long>> byUse = Map.Entry.comparingByValue();
		List<Map.Entry<Key, Long>> oldestFirst = held.entrySet().stream()
				.map(entry -> Map.entry(entry.getKey(), entry.getValue().resource.usedAt))
				.sorted(byUse)
				.toList();
		for (Map.Entry<Key, Long> entry : oldestFirst) {
			if (used <= limit / 4 * 3) {
				return;
			}
			remove(entry.getKey());
		}
	}
}
