package proxy.core.http;

import proxy.api.http.Field;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpVersion;
import proxy.api.http.RequestHead;

/** Expect (RFC 9110 section 10.1.1). */
public final class Expectation {

	private Expectation() {}

	/** Whether the fields expect nothing, or 100-continue and say so once: what can be read in two ways is refused. */
	public static boolean isKnown(FieldSection fields) {
		boolean expected = false;
		for (int i = 0; i < fields.size(); i++) {
			if (fields.field(i) == Field.EXPECT) {
				if (expected || !fields.valueIs(i, "100-continue")) {
					return false;
				}
				expected = true;
			}
		}
		return true;
	}

	/** Whether the client waits to be asked for content: not without content, and not with HTTP/1.0. */
	public static boolean isOf(RequestHead request) {
		return request.fields().find(Field.EXPECT) >= 0
				&& request.hasContent()
				&& request.version() != HttpVersion.HTTP_1_0;
	}
}
