package proxy.core.http2;

import java.nio.ByteBuffer;
import proxy.api.http.FieldSection;

/** A response's content: what has been taken from the service and the client's window has no room for yet is kept. */
final class StreamOutput {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final Http2Exchange exchange;
	private FrameWriter writer;
	private OutputSchedule schedule;
	private int stream;
	private int window;
	private ByteBuffer pending = NOTHING;
	private boolean queued;
	private boolean last;
	private FieldSection trailers;
	private boolean ended;
	private boolean awaited;
	private long movedAt;

	StreamOutput(Http2Exchange exchange) {
		this.exchange = exchange;
	}

	void begin(int newStream, int initialWindow, FrameWriter newWriter, OutputSchedule newSchedule) {
		stream = newStream;
		window = initialWindow;
		writer = newWriter;
		schedule = newSchedule;
		last = false;
		trailers = null;
		ended = false;
		awaited = false;
	}

	/** Nothing more is sent. */
	void stop() {
		if (queued) {
			queued = false;
			schedule.forget(this);
		}
		pending = NOTHING;
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
		return pending.hasRemaining() ? movedAt : Long.MAX_VALUE;
	}

	/** Takes the content, which may be null; false when some of it has to wait. */
	boolean send(ByteBuffer content, boolean isLast) {
		last = isLast;
		ByteBuffer rest = content == null ? NOTHING : content;
		if (!pending.hasRemaining() && schedule.isFree()) {
			while (frame(rest)) {
				// as many as may be sent
			}
		}
		if (rest.hasRemaining()) {
			keep(rest);
		} else if (!pending.hasRemaining()) {
			end();
		}
		awaited = pending.hasRemaining();
		return !awaited;
	}

	/** The response ends with these fields, which are copied. */
	void send(FieldSection trailerSection) {
		trailers = new FieldSection();
		for (int i = 0; i < trailerSection.size(); i++) {
			trailers.add(trailerSection, i);
		}
		if (!pending.hasRemaining()) {
			end();
		}
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

	/** Everything has been sent but the end of the stream. */
	private void end() {
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
		if (!pending.hasRemaining()) {
			movedAt = exchange.loop().now();
		}
		int needed = pending.remaining() + content.remaining();
		if (pending.capacity() - pending.limit() >= content.remaining()) {
			int position = pending.position();
			pending.position(pending.limit()).limit(pending.limit() + content.remaining());
			pending.put(content).position(position);
		} else {
			ByteBuffer next = needed <= pending.capacity() ? pending.compact() : ByteBuffer.allocate(needed).put(pending);
			pending = next.put(content).flip();
		}
		queue();
	}

	private void queue() {
		if (!queued && window > 0 && pending.hasRemaining()) {
			queued = true;
			schedule.await(this);
		}
	}

	/** It is this stream's turn to send a frame. */
	void turn() {
		queued = false;
		frame(pending);
		if (pending.hasRemaining()) {
			queue();
			return;
		}
		pending.clear().limit(0);
		end();
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
