package proxy.upstream.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.ResponseHead;
import proxy.http1.MessageException;
import proxy.http1.ResponseParser;

/** Puts response heads together from what comes of them. */
final class HeadReader {

	private static final int MAX = 64 * 1024;

	/** Most heads are far smaller: what is copied in the first place. */
	private static final int FIRST_LOOK = 8 * 1024;

	/** What has come of a head, until the rest of it does. */
	private byte[] partial;

	void reset() {
		partial = null;
	}

	/** Whether a part of a head has come. */
	boolean begun() {
		return partial != null;
	}

	/**
	 * Parses what has come so far; the input is left behind the head, or is used up.
	 *
	 * @return whether the head is complete
	 * @throws MessageException when it is malformed or larger than 64 KiB
	 */
	boolean read(ResponseParser parser, ResponseHead head, ByteBuffer input) throws MessageException {
		int before = partial == null ? 0 : partial.length;
		int available = Math.min(input.remaining(), MAX - before);
		int look = Math.min(available, FIRST_LOOK);
		while (true) {
			FieldSection fields = head.fields();
			fields.clear();
			byte[] bytes = fields.reserve(before + look);
			if (partial != null) {
				System.arraycopy(partial, 0, bytes, 0, before);
			}
			input.get(input.position(), bytes, before, look);
			int end = parser.parse(head, before + look);
			if (end != ResponseParser.INCOMPLETE) {
				input.position(input.position() + end - before);
				partial = null;
				return true;
			}
			if (look == available) {
				if (before + look >= MAX) {
					throw new MessageException(Failure.BAD_RESPONSE, "the response's head is larger than " + MAX);
				}
				partial = Arrays.copyOf(bytes, before + look);
				input.position(input.limit());
				return false;
			}
			look = available;
		}
	}
}
