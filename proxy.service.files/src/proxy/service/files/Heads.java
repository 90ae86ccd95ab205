package proxy.service.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpExchange;
import proxy.api.http.ResponseHead;

/** Heads of responses, and responses that are hardly more than that. */
final class Heads {

	private static final String NO_STORE = "private, no-cache, no-store, must-revalidate";

	private Heads() {}

	/** What is said of a file whatever the status, but for the content's type and length. */
	static ResponseHead of(int status, Settings settings, Resource resource, Variant variant, long now) {
		ResponseHead head = new ResponseHead().status(status);
		FieldSection fields = head.fields();
		boolean error = status >= 400 && status != 416;
		if (error) {
			fields.add("cache-control", NO_STORE);
		} else {
			if (!settings.cacheControl().isEmpty()) {
				fields.add("cache-control", settings.cacheControl());
			}
			fields.add("etag", variant.tag());
			if (variant.stamp().modifiedSeconds() <= now) {
				fields.add("last-modified", variant.lastModified());
			}
		}
		if (resource.varies()) {
			fields.add("vary", "accept-encoding");
		}
		return head;
	}

	/** What describes the content that is sent, or would be for HEAD. */
	static void describe(ResponseHead head, Settings settings, Variant variant, Content content) {
		FieldSection fields = head.fields();
		fields.add("content-type", content.type());
		fields.add("content-length", Long.toString(content.length()));
		if (variant.coding() != Coding.IDENTITY) {
			fields.add("content-encoding", variant.coding().token());
		}
		if (head.status() == 200) {
			fields.add("accept-ranges", "bytes");
		}
		if (settings.nosniff()) {
			fields.add("x-content-type-options", "nosniff");
		}
	}

	/** Answers with a line of text. */
	static void plain(HttpExchange exchange, int status, String text) {
		ResponseHead head = new ResponseHead().status(status);
		head.fields().add("cache-control", NO_STORE);
		head.fields().add("content-type", "text/plain; charset=utf-8");
		if (status == 405) {
			head.fields().add("allow", "GET, HEAD");
		}
		exchange.respond(head, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), true);
	}

	/** Sends the client to another path of the same site, this time. */
	static void redirect(HttpExchange exchange, String location) {
		ResponseHead head = new ResponseHead().status(301);
		head.fields().add("location", location);
		head.fields().add("cache-control", NO_STORE);
		head.fields().add("content-type", "text/plain; charset=utf-8");
		exchange.respond(head, ByteBuffer.wrap("301 Moved Permanently".getBytes(StandardCharsets.US_ASCII)), true);
	}
}
