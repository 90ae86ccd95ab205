package proxy.service.files;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Finds what a path leads to and reads the form of it that the client likes best. On threads that may block. */
final class Finder {

	/** How often a file may change while it is read before that is given up. */
	private static final int ATTEMPTS = 5;

	/** What a request is to be answered with. */
	sealed interface Outcome {}

	record Page(int status, Resource resource, Variant variant) implements Outcome {}

	record Elsewhere(boolean toFolder) implements Outcome {}

	record Nothing() implements Outcome {}

	private final Site site;
	private final FileCache cache;

	Finder(Site site, FileCache cache) {
		this.site = site;
		this.cache = cache;
	}

	/** @param path null when no file can be meant */
	Outcome find(RequestPath path, String acceptEncoding) throws IOException {
		Outcome outcome = path == null ? new Nothing() : find(path, acceptEncoding, 200);
		RequestPath page = site.settings().notFound();
		if (!(outcome instanceof Nothing) || page == null) {
			return outcome;
		}
		Outcome instead = find(page, acceptEncoding, site.settings().notFoundStatus());
		if (instead instanceof Page) {
			site.problems().gone("not_found.file");
			return instead;
		}
		if (site.problems().told("root")) {
			return outcome;
		}
		site.problems().are("not_found.file", "there is no file " + page.text() + " below " + site.settings().root());
		return outcome;
	}

	private Outcome find(RequestPath path, String acceptEncoding, int status) throws IOException {
		for (int attempt = 1; ; attempt++) {
			Site.Look look = site.look(path);
			if (!(look instanceof Site.Found found)) {
				cache.remove(site, path);
				return look instanceof Site.Moved moved ? new Elsewhere(moved.toFolder()) : new Nothing();
			}
			try {
				return page(path, found.resource(), acceptEncoding, status);
			} catch (ChangedException changed) {
				if (attempt == ATTEMPTS) {
					throw changed;
				}
			}
		}
	}

	private Page page(RequestPath path, Resource found, String acceptEncoding, int status) throws IOException {
		Resource known = cache.get(site, path);
		Resource resource = known != null && known.sameAs(found) ? known : found;
		resource.looked(System.nanoTime());
		Variant variant = read(resource, acceptEncoding);
		if (resource.keep(variant) || resource != known) {
			cache.put(site, path, resource);
		}
		return new Page(status, resource, variant);
	}

	private Variant read(Resource resource, String acceptEncoding) throws IOException {
		Coding coding = AcceptEncoding.choose(acceptEncoding, resource.offered());
		Variant known = resource.variant(coding);
		if (known != null) {
			return known;
		}
		if (coding == Coding.GZIP && resource.sibling(coding) == null) {
			Variant compressed = compressed(resource);
			if (compressed != null) {
				return compressed;
			}
			resource.withdraw(Coding.GZIP);
			return read(resource, acceptEncoding);
		}
		Stamp stamp = coding == Coding.IDENTITY ? resource.stamp() : resource.sibling(coding);
		return plain(resource, coding, stamp);
	}

	private Variant plain(Resource resource, Coding coding, Stamp stamp) throws IOException {
		var file = Site.sibling(resource.file(), coding);
		return stamp.size() <= site.settings().memoryFileSize()
				? Variant.inMemory(coding, file, stamp, Reading.octets(file, stamp, cache.memory()::allocate))
				: Variant.onDisk(coding, file, stamp);
	}

	/** Null when that makes nothing smaller. */
	private Variant compressed(Resource resource) throws IOException {
		Variant identity = resource.variant(Coding.IDENTITY);
		ByteBuffer octets = identity == null || identity.octets() == null
				? Reading.octets(resource.file(), resource.stamp(), ByteBuffer::allocate)
				: identity.octets();
		byte[] compressed = Reading.gzip(octets);
		if (compressed.length >= octets.capacity()) {
			return null;
		}
		ByteBuffer kept = cache.memory().allocate(compressed.length).put(compressed).flip();
		return Variant.inMemory(Coding.GZIP, resource.file(), resource.stamp(), kept);
	}
}
