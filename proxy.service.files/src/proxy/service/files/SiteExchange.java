package proxy.service.files;

import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.util.List;
import proxy.api.http.ExchangeHandler;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpExchange;
import proxy.api.http.ResponseHead;
import proxy.api.transport.EventLoop;

/** Answers one request, on its loop; what touches the file system is done elsewhere and told here. */
final class SiteExchange implements ExchangeHandler {

	/** How often a file may change between being found and being opened. */
	private static final int ATTEMPTS = 5;

	private final HttpExchange exchange;
	private final EventLoop loop;
	private final Site site;
	private final Disk disk;
	private RequestPath path;
	private String acceptEncoding;
	private int attempts;
	private Transfer transfer;
	private boolean over;

	SiteExchange(HttpExchange exchange, Site site, Disk disk) {
		this.exchange = exchange;
		this.site = site;
		this.disk = disk;
		loop = exchange.loop();
	}

	void start() {
		String method = exchange.request().method();
		if (!method.equals("GET") && !method.equals("HEAD")) {
			Heads.plain(exchange, 405, "405 Method Not Allowed");
			return;
		}
		String raw = exchange.request().path();
		try {
			path = RequestPath.parse(raw);
		} catch (RequestPath.MalformedException malformed) {
			exchange.fail(Failure.BAD_REQUEST, malformed);
			return;
		}
		String canonical = path == null ? raw : path.canonical(raw);
		if (!canonical.equals(raw)) {
			// rules have looked at the raw path: they are to see the one that names the file
			Heads.redirect(exchange, withQuery(canonical));
			return;
		}
		exchange.handler(this);
		acceptEncoding = field("accept-encoding");
		Resource known = path == null ? null : disk.cache().get(site, path);
		if (known != null && known.isFresh(loop.now(), site.settings().recheckNanos())) {
			known.usedAt = loop.now();
			Variant variant = known.variant(AcceptEncoding.choose(acceptEncoding, known.offered()));
			if (variant != null) {
				answer(200, known, variant);
				return;
			}
		}
		find();
	}

	private void find() {
		Finder finder = new Finder(site, disk.cache());
		if (++attempts > ATTEMPTS || !disk.call(loop, () -> finder.find(path, acceptEncoding), this::found)) {
			exchange.fail(Failure.OVERLOADED, null);
		}
	}

	private void found(Finder.Outcome outcome, Throwable trouble) {
		if (over) {
			return;
		}
		if (trouble != null) {
			failed(trouble);
		} else if (outcome instanceof Finder.Page page) {
			answer(page.status(), page.resource(), page.variant());
		} else if (outcome instanceof Finder.Elsewhere elsewhere) {
			Heads.redirect(exchange, location(elsewhere.toFolder()));
		} else {
			Heads.plain(exchange, 404, "404 Not Found.");
		}
	}

	private void failed(Throwable trouble) {
		if (trouble instanceof AccessDeniedException denied) {
			site.problems().denied(denied.getFile());
			exchange.fail(Failure.FORBIDDEN, null);
		} else {
			exchange.fail(Failure.INTERNAL, UnreadableException.of(site.settings().root(), trouble));
		}
	}

	/** A large file that is not what was found is looked for again. */
	private void unsent(Throwable trouble) {
		if (trouble instanceof ChangedException) {
			find();
		} else {
			failed(trouble);
		}
	}

	private String location(boolean toFolder) {
		String raw = exchange.request().path();
		return withQuery(toFolder ? raw + "/" : raw.substring(0, raw.length() - 1));
	}

	private String withQuery(String location) {
		String query = exchange.request().query();
		return query.isEmpty() ? location : location + "?" + query;
	}

	private void answer(int status, Resource resource, Variant variant) {
		Settings settings = site.settings();
		long now = System.currentTimeMillis() / 1000;
		Content content = Content.of(new ByteRange(0, variant.length()), resource.contentType());
		int decided = status;
		if (status == 200) {
			Preconditions conditions = new Preconditions(this::field, variant.tag(), variant.stamp().modifiedSeconds(), now);
			decided = conditions.status();
			String range = decided == 200 && exchange.request().method().equals("GET") ? field("range") : "";
			List<ByteRange> ranges =
					range.isEmpty() || !conditions.rangeCounts() ? null : ByteRange.parse(range, variant.length());
			if (ranges != null) {
				decided = ranges.isEmpty() ? 416 : 206;
				content = ranges.size() > 1 ? Content.of(ranges, resource.contentType(), variant.length())
						: ranges.isEmpty() ? content : Content.of(ranges.get(0), resource.contentType());
			}
			if (decided == 412) {
				Heads.plain(exchange, 412, "412 Precondition Failed");
				return;
			}
			ResponseHead head = Heads.of(decided, settings, resource, variant, now);
			if (decided == 206 && ranges.size() == 1) {
				head.fields().add("content-range", ranges.get(0).of(variant.length()));
			} else if (decided == 416) {
				head.fields().add("content-range", "bytes */" + variant.length());
			}
			send(head, variant, content);
		} else {
			send(Heads.of(status, settings, resource, variant, now), variant, content);
		}
	}

	private void send(ResponseHead head, Variant variant, Content content) {
		if (head.status() == 304 || head.status() == 416) {
			exchange.respond(head, null, true);
			return;
		}
		Heads.describe(head, site.settings(), variant, content);
		if (content.length() == 0 || exchange.request().method().equals("HEAD")) {
			exchange.respond(head, null, true);
			return;
		}
		transfer = new Transfer(exchange, disk, head, variant, content, this::unsent);
		transfer.proceed();
	}

	private String field(String name) {
		return exchange.facts().header(name);
	}

	@Override
	public void onWritable() {
		transfer.proceed();
	}

	@Override
	public void onAborted(Failure failure, Throwable cause) {
		over = true;
		if (transfer != null) {
			transfer.stop();
		}
	}

	@Override
	public boolean onContent(ByteBuffer chunk) {
		return true;
	}

	@Override
	public void onContentEnd(FieldSection trailers) {
		// content of a GET has no meaning, and is not asked for
	}
}
