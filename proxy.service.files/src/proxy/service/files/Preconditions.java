package proxy.service.files;

import java.util.function.UnaryOperator;

/** Whether a request is to be answered with content, and with which part of it (RFC 9110 section 13). */
final class Preconditions {

	/** Of a file that has changed so recently its date is no strong validator: it may change again in the same second. */
	private static final long DOUBTFUL_SECONDS = 2;

	private final UnaryOperator<String> fields;
	private final String tag;
	private final long lastModified;
	private final long now;

	/**
	 * @param fields the value of a field by its name, "" when it is absent
	 * @param tag the entity tag of what was selected
	 * @param lastModified in seconds since 1970, as {@code now}
	 */
	Preconditions(UnaryOperator<String> fields, String tag, long lastModified, long now) {
		this.fields = fields;
		this.tag = tag;
		this.lastModified = lastModified;
		this.now = now;
	}

	/** 200 when the request is to be answered as if it had no conditions, else 304 or 412; in the order of section 13.2.2. */
	int status() {
		String match = fields.apply("if-match");
		if (!match.isEmpty()) {
			if (!EntityTags.has(match, tag, false)) {
				return 412;
			}
		} else if (isAfter(fields.apply("if-unmodified-since"))) {
			return 412;
		}
		String noneMatch = fields.apply("if-none-match");
		if (!noneMatch.isEmpty()) {
			return EntityTags.has(noneMatch, tag, true) ? 304 : 200;
		}
		Long since = date(fields.apply("if-modified-since"));
		return since != null && lastModified <= since ? 304 : 200;
	}

	/** Whether the Range field counts (section 13.1.5). */
	boolean rangeCounts() {
		String condition = fields.apply("if-range");
		if (condition.isEmpty()) {
			return true;
		}
		if (condition.endsWith("\"")) {
			return condition.equals(tag);
		}
		Long date = date(condition);
		return date != null && date == lastModified && lastModified <= now - DOUBTFUL_SECONDS;
	}

	private boolean isAfter(String date) {
		Long unmodifiedSince = date(date);
		return unmodifiedSince != null && lastModified > unmodifiedSince;
	}

	private static Long date(String text) {
		return text.isEmpty() ? null : HttpDate.parse(text);
	}
}
