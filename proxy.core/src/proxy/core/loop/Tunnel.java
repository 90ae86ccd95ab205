package proxy.core.loop;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import proxy.api.transport.Deadline;
import proxy.api.transport.Transport;
import proxy.api.transport.TransportHandler;
import proxy.api.transport.TunnelObserver;

/** Two connections joined; see {@link proxy.api.transport.EventLoop#tunnel}. */
final class Tunnel {

	/** How long nothing may move once the client's direction was cut off: the upstream gets what has come of it, and may answer. */
	private static final long CUT_OFF_MILLIS = 2_000;

	private final Half fromClient;
	private final Half fromUpstream;
	private final long idleMillis;
	private final Deadline idle;
	private final TunnelObserver observer;
	/** The frames for the client, or null when this is not a WebSocket. */
	private final WebSocketFrames frames;
	private boolean leaving;
	/** Whether the client has been told that the WebSocket ends: what the upstream still sends is thrown away. */
	private boolean left;
	/** Whether the client's direction has ended without close_notify: what has come of it may be a part, and its end is none. */
	private boolean cutOff;
	private boolean ended;

	Tunnel(Transport client, Transport upstream, long idleMillis, TunnelObserver observer) {
		fromClient = new Half(client, upstream);
		fromUpstream = new Half(upstream, client);
		fromClient.opposite = fromUpstream;
		fromUpstream.opposite = fromClient;
		LoopTransport known = client instanceof LoopTransport transport ? transport : null;
		frames = known != null && known.isWebSocket() ? new WebSocketFrames() : null;
		if (known != null) {
			known.joined(this);
		}
		this.idleMillis = idleMillis;
		this.observer = observer;
		idle = client.loop().deadline(this::expired);
	}

	void start() {
		fromClient.source.handler(fromClient);
		fromUpstream.source.handler(fromUpstream);
		fromClient.source.reading(!fromUpstream.source.writePending());
		fromUpstream.source.reading(!fromClient.source.writePending());
		moved();
	}

	private void moved() {
		if (cutOff && !fromUpstream.source.writePending() && !fromClient.source.writePending()) {
			idle.after(CUT_OFF_MILLIS);
		} else if (idleMillis > 0) {
			idle.after(idleMillis);
		}
	}

	private void expired() {
		end(cutOff
				? new EOFException("the client ended the connection without close_notify")
				: new SocketTimeoutException("idle for " + idleMillis + " ms"));
	}

	/**
	 * The gateway is about to end. A WebSocket's client is told so at the next end of a frame; its answer goes to the
	 * upstream, and both close. Anything else goes on until it is cut.
	 */
	void leave() {
		leaving = frames != null;
		if (leaving && !ended && frames.isBetween()) {
			try {
				farewell();
			} catch (IOException broken) {
				end(broken);
			}
		}
	}

	private void farewell() throws IOException {
		if (!left && !frames.closing()) {
			left = true;
			fromClient.source.write(ByteBuffer.wrap(WebSocketFrames.GOING_AWAY));
		}
	}

	/** Passes on to the client, which may have to be told goodbye between two frames. */
	private boolean writeFrames(ByteBuffer octets) throws IOException {
		if (left) {
			return true;
		}
		int length = frames.follow(octets, leaving);
		boolean flowing = fromClient.source.write(octets.limit(octets.position() + length));
		if (leaving && frames.isBetween()) {
			farewell();
		}
		return flowing;
	}

	void end(Throwable cause) {
		if (ended) {
			return;
		}
		ended = true;
		idle.clear();
		for (Half half : new Half[] {fromClient, fromUpstream}) {
			if (cause == null && !(cutOff && half == fromUpstream)) {
				half.source.close();
			} else {
				half.source.abort();
			}
		}
		observer.ended(fromClient.bytes, fromUpstream.bytes, cause);
	}

	/** One direction: reads its source and writes the target; is told when its source can be written. */
	private final class Half implements TransportHandler {

		private final Transport source;
		private final Transport target;
		private Half opposite;
		private long bytes;
		private boolean finished;

		Half(Transport source, Transport target) {
			this.source = source;
			this.target = target;
		}

		@Override
		public void onReadable() {
			ByteBuffer scratch = source.loop().scratch();
			try {
				int count = source.read(scratch);
				if (count < 0) {
					finish();
				} else if (count > 0) {
					bytes += count;
					scratch.flip();
					boolean flowing = this == fromUpstream && frames != null ? writeFrames(scratch) : target.write(scratch);
					if (!flowing) {
						source.reading(false);
					}
					moved();
				}
			} catch (IOException broken) {
				end(broken);
			}
		}

		private void finish() {
			finished = true;
			source.reading(false);
			cutOff |= !isWhole();
			if (opposite.finished) {
				end(null);
			} else if (cutOff) {
				moved();
			} else {
				target.shutdownOutput();
			}
		}

		/** RFC 8446 section 6.1; a WebSocket says itself what is whole, and upstreams' servers often end without close_notify. */
		private boolean isWhole() {
			return this == fromUpstream || frames != null || source.endedByPeer();
		}

		@Override
		public void onWritable() {
			moved();
			if (!opposite.finished) {
				target.reading(true);
			}
		}

		@Override
		public void onClosed(Throwable cause) {
			end(cause);
		}
	}
}
