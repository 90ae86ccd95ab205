package proxy.http1;

import java.nio.ByteBuffer;
import proxy.api.http.FieldSection;

/** A message's content as it comes, whichever way its end shows (RFC 9112 section 6.3). One after the other. */
public final class MessageContent {

	private static final FieldSection NO_TRAILERS = new FieldSection(new byte[0]);

	private long left;
	private ChunkedDecoder chunked;

	/** @param length as {@link ContentLength#of} gives it: octets, chunked, or as many as come before the connection ends */
	public void begin(long length) {
		left = length;
		chunked = length == ContentLength.CHUNKED ? new ChunkedDecoder() : null;
	}

	/**
	 * Reads on.
	 *
	 * @param source octets as received, which may be written over as they are read; what is left in it at the end of the content
	 *     is not the content's
	 * @return the next piece of content, a slice of the source; null when the source has no more of it
	 */
	public ByteBuffer next(ByteBuffer source) throws MessageException {
		if (chunked != null) {
			return chunked.next(source);
		}
		int length = endsWithConnection() ? source.remaining() : (int) Math.min(left, source.remaining());
		if (length == 0) {
			return null;
		}
		ByteBuffer piece = source.slice(source.position(), length);
		source.position(source.position() + length);
		if (!endsWithConnection()) {
			left -= length;
		}
		return piece;
	}

	/** Whether all of it has been read; never for content that ends with the connection. */
	public boolean ended() {
		return chunked == null ? left == 0 : chunked.ended();
	}

	/** Whether the end of the connection is the end of the content. */
	public boolean endsWithConnection() {
		return left == ContentLength.NONE;
	}

	/** The trailer section, once {@link #ended}; empty when there is none. */
	public FieldSection trailers() {
		return chunked == null ? NO_TRAILERS : chunked.trailers();
	}
}
