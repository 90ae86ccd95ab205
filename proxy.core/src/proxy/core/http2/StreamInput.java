package proxy.core.http2;

import java.nio.ByteBuffer;
import proxy.api.http.FieldSection;
import proxy.api.http.RequestHead;
import proxy.core.http.Pace;

/**
 * A request's content. What comes while the service does not want it is kept, at most a window; the window opens again
 * by what the service has consumed.
 */
final class StreamInput {

	/** SETTINGS_INITIAL_WINDOW_SIZE. */
	static final int WINDOW = 256 * 1024;

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
	private static final FieldSection NO_TRAILERS = new FieldSection(new byte[0]);

	private final Http2Exchange exchange;
	private Http2Connection connection;
	private int window;
	private int consumed;
	/** Octets that are to come by Content-Length, or {@link RequestHead#UNKNOWN_LENGTH}. */
	private long left;
	private final KeptContent kept = new KeptContent(true);
	private final Pace pace = new Pace();
	private FieldSection trailers = NO_TRAILERS;
	private boolean held;
	private boolean begun;
	private boolean started;
	private boolean wanted;
	private boolean delivering;
	private boolean ended;
	private boolean told;
	private boolean lost;
	private long movedAt;
	private long unneededSince;

	StreamInput(Http2Exchange exchange) {
		this.exchange = exchange;
	}

	void begin(Http2Connection newConnection, long length, boolean isEnded) {
		connection = newConnection;
		kept.begin(newConnection.shared().waitingRoom());
		left = length;
		ended = isEnded;
		window = WINDOW;
		consumed = 0;
		trailers = NO_TRAILERS;
		held = length == 0 && !isEnded;
		begun = false;
		started = false;
		wanted = false;
		delivering = false;
		told = false;
		lost = false;
		movedAt = exchange.loop().now();
		pace.reset();
		unneededSince = Long.MAX_VALUE;
	}

	/** Whether the client has sent everything. */
	boolean isEnded() {
		return ended;
	}

	/**
	 * Whether the request has to wait for its end: content is announced as nothing, but something may come, and then it
	 * is no request.
	 */
	boolean isHeld() {
		return held;
	}

	/** Whether the request that was held is complete now; told once. */
	boolean isReleased() {
		boolean released = held && ended;
		held &= !ended;
		return released;
	}

	/** Whether content has come. */
	boolean isBegun() {
		return begun;
	}

	/** Since when content is waited for; {@link Long#MAX_VALUE} when it is not. */
	long stalledSince() {
		return (wanted || held) && !ended ? movedAt : Long.MAX_VALUE;
	}

	/** Whether content comes more slowly than at that many octets a second although it may come; 0 for no such limit. */
	boolean isTooSlow(long rate) {
		long now = exchange.loop().now();
		if (connection.holdsBack()) {
			pace.excused(now);
		}
		return !ended && pace.left(now, rate) < 0;
	}

	/** The whole response has been sent: what is still to come of the request is thrown away. */
	void unneeded() {
		unneededSince = exchange.loop().now();
	}

	/** Since when nothing of it is needed; {@link Long#MAX_VALUE} when it is. */
	long unneededSince() {
		return unneededSince;
	}

	/** A DATA frame of this length, padding included, has come; false when there was no room for it. */
	boolean reserve(int length) {
		window -= length;
		return window >= 0;
	}

	/** Octets that need not be delivered: padding. */
	void skipped(int octets) {
		consumed += octets;
	}

	/** Content, and whether it was all; false when it is not as long as the head said. */
	boolean arrived(ByteBuffer content, boolean last) {
		int length = content.remaining();
		if (left != RequestHead.UNKNOWN_LENGTH) {
			left -= length;
			if (left < 0 || last && left > 0) {
				connection.consumed(length);
				return false;
			}
		}
		begun = true;
		ended = last;
		movedAt = exchange.loop().now();
		pace.came(movedAt, length);
		if (exchange.isEnded() || lost) {
			connection.consumed(length);
		} else if (wanted && !delivering && kept.isEmpty()) {
			flow(content);
		} else if (!kept.add(content)) {
			lost = true;
			connection.consumed(length);
			exchange.overloaded();
		}
		if (wanted && !ended) {
			pace.waiting(movedAt);
		}
		return true;
	}

	/** The trailer section, which ends the content; false when the content is not as long as the head said. */
	boolean arrived(FieldSection trailerSection) {
		if (left > 0) {
			return false;
		}
		trailers = trailerSection;
		ended = true;
		if (!exchange.isEnded() && !delivering) {
			flow(NOTHING);
		}
		return true;
	}

	/** The service wants content, for the first time or again. */
	void want() {
		started = true;
		wanted = true;
		movedAt = exchange.loop().now();
		if (!delivering) {
			flow(NOTHING);
			opened();
		}
		if (wanted && !ended && (begun || !exchange.expectsContinue())) {
			pace.waiting(movedAt);
		}
	}

	/** Delivers what is kept, or else the content at hand, and the end. */
	private void flow(ByteBuffer content) {
		if (lost) {
			return;
		}
		delivering = true;
		ByteBuffer piece = wanted && !kept.isEmpty() ? kept.buffer() : content;
		int length = piece.remaining();
		if (length > 0) {
			wanted = false;
			boolean more = exchange.content(piece);
			connection.consumed(length);
			if (piece != content) {
				kept.clear();
			}
			if (exchange.isEnded()) {
				return;
			}
			wanted |= more;
			consumed += length;
			opened();
		}
		delivering = false;
		if (ended && started && !told && kept.isEmpty()) {
			told = true;
			exchange.contentEnd(trailers);
		}
	}

	private void opened() {
		if (consumed >= WINDOW / 2 && wanted && !ended) {
			connection.writer().windowUpdate(exchange.stream(), consumed);
			window += consumed;
			consumed = 0;
		}
	}

	/** What is kept is of no use to anybody. */
	void discard() {
		if (!kept.isEmpty() && !delivering) {
			connection.consumed(kept.buffer().remaining());
		}
		kept.clear();
	}
}
