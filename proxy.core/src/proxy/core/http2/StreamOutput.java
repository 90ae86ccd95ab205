package proxy.core.http2;

import java.nio.ByteBuffer;
import proxy.api.http.FieldSection;

/** A response's content: what has been taken from the service and the client's window has no room for yet is kept. */
final class StreamOutput {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final Http2Exchange exchange;
	private FrameWriter writer;
	private OutputSchedule schedule;
	private WaitingRoom room;
	private int stream;
	private int window;
	private final KeptContent pending = new KeptContent(false);
	private boolean waits;
	private boolean queued;
	private boolean last;
	private FieldSection trailers;
	private boolean ended;
	private boolean awaited;
	private boolean lost;
	private long movedAt;

	StreamOutput(Http2Exchange exchange) {
		this.exchange = exchange;
	}

	void begin(Http2Connection connection, int newStream, int initialWindow) {
		stream = newStream;
		window = initialWindow;
		writer = connection.writer();
		schedule = connection.schedule();
		room = connection.shared().waitingRoom();
		pending.begin(room);
		last = false;
		trailers = null;
		ended = false;
		awaited = false;
		lost = false;
	}

	/** Nothing more is sent. */
	void stop() {
		if (queued) {
			queued = false;
			schedule.forget(this);
		}
		pending.clear();
		if (waits) {
			waits = false;
			room.leave(this);
		}
	}

	/** Whether everything has been sent, the end of the stream too. */
	boolean isEnded() {
		return ended;
	}

	/** The end of the stream has been sent with the head. */
	void endedByHead() {
		ended = true;
	}

	/** Since when the client has taken nothing although something waits; {@link Long#MAX_VALUE} when nothing waits. */
	long stalledSince() {
		return pending.isEmpty() ? Long.MAX_VALUE : movedAt;
	}

	/** Others need the memory. */
	void evict() {
		exchange.evict();
	}

	/** Takes the content, which may be null; false when some of it has to wait. */
	boolean send(ByteBuffer content, boolean isLast) {
		if (lost) {
			return false;
		}
		last = isLast;
		ByteBuffer rest = content == null ? NOTHING : content;
		if (pending.isEmpty() && schedule.isFree()) {
			while (frame(rest)) {
				// as many as may be sent
			}
		}
		if (rest.hasRemaining()) {
			keep(rest);
		} else {
			endWhenSent();
		}
		awaited = !pending.isEmpty();
		return !awaited && !lost;
	}

	/** The response ends with these fields, which are copied. */
	void send(FieldSection trailerSection) {
		trailers = new FieldSection();
		for (int i = 0; i < trailerSection.size(); i++) {
			trailers.add(trailerSection, i);
		}
		endWhenSent();
	}

	private boolean frame(ByteBuffer content) {
		boolean end = last && trailers == null;
		int sent = schedule.frame(stream, content, window, end);
		if (sent > 0) {
			window -= sent;
			movedAt = exchange.loop().now();
			ended = end && !content.hasRemaining();
		}
		return sent > 0;
	}

	private void endWhenSent() {
		if (!pending.isEmpty() || lost) {
			return;
		}
		if (trailers != null) {
			HpackEncoder.trailers(writer.beginHeaders(HpackEncoder.limit(trailers)), trailers);
			writer.endHeaders(stream, true);
			ended = true;
		} else if (last && !ended) {
			writer.data(stream, NOTHING, 0, true);
			ended = true;
		}
	}

	private void keep(ByteBuffer content) {
		if (pending.isEmpty()) {
			movedAt = exchange.loop().now();
		}
		if (pending.add(content)) {
			if (!waits) {
				waits = true;
				room.enter(this);
			}
			queue();
		} else {
			// what has been sent must not look whole: the stream is reset when the service has returned
			lost = true;
			stop();
			exchange.overloaded();
		}
	}

	private void queue() {
		if (!queued && window > 0 && !pending.isEmpty()) {
			queued = true;
			schedule.await(this);
		}
	}

	/** It is this stream's turn to send a frame. */
	void turn() {
		queued = false;
		frame(pending.buffer());
		if (!pending.isEmpty()) {
			queue();
			return;
		}
		endWhenSent();
		if (ended) {
			exchange.sent();
		} else if (awaited) {
			awaited = false;
			exchange.writable();
		}
	}

	/** The client takes more, or less (RFC 9113 section 6.9.2); false when that is more than can be. */
	boolean open(int increment) {
		long opened = (long) window + increment;
		if (opened > Integer.MAX_VALUE) {
			return false;
		}
		window = (int) opened;
		queue();
		return true;
	}
}
