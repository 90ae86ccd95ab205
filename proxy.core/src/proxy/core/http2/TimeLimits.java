package proxy.core.http2;

import java.net.SocketTimeoutException;
import proxy.api.http.Failure;
import proxy.api.transport.Deadline;
import proxy.api.transport.EventLoop;
import proxy.core.http.Endpoint;
import proxy.core.http.Limits;

/**
 * A connection's time limits on one deadline. Streams note when something moved; while there are any, all are looked at
 * every now and then, so that a frame costs no deadline.
 */
final class TimeLimits {

	/** How long a connection that is being closed waits for the client to take notice. */
	private static final long LINGER_MILLIS = 2_000;

	/** How long the rest of a request that has been answered may come. */
	private static final long UNNEEDED_MILLIS = 100;

	private static final long CHECK_MILLIS = 2_000;

	private final Http2Connection connection;
	private final Endpoint endpoint;
	private final Streams streams;
	private final EventLoop loop;
	private final Deadline limit;
	private long idleSince;
	private long insideHeadSince;
	private long congestedSince;
	/** Whether the next look comes soon, not only when the connection has been idle for too long. */
	private boolean soon;
	/** Whether it comes in time for a stream that is not needed any more. */
	private boolean verySoon;

	TimeLimits(Http2Connection connection, Endpoint endpoint, Streams streams, EventLoop loop) {
		this.connection = connection;
		this.endpoint = endpoint;
		this.streams = streams;
		this.loop = loop;
		limit = loop.deadline(this::check);
	}

	/** The connection has been opened: its preface is awaited. */
	void open() {
		idle();
		insideHead(true);
	}

	/** The last stream has been closed. */
	void idle() {
		idleSince = loop.now();
	}

	/** A stream has been opened. */
	void active() {
		if (!soon) {
			soon = true;
			Limits limits = endpoint.limits();
			limit.after(Math.max(1, Math.min(CHECK_MILLIS, Math.min(limits.headMillis(), limits.stallMillis()) / 4)));
		}
	}

	/** Whether the client is in the middle of a head. */
	void insideHead(boolean inside) {
		if (!inside) {
			insideHeadSince = 0;
		} else if (insideHeadSince == 0) {
			insideHeadSince = loop.now();
			active();
		}
	}

	/** Whether the client has to take something before anything else can be sent. */
	void congested(boolean now) {
		if (!now) {
			congestedSince = 0;
		} else if (congestedSince == 0) {
			congestedSince = loop.now();
			active();
		}
	}

	/** A stream's request is still coming although it has been answered. */
	void unneeded() {
		if (!verySoon) {
			verySoon = true;
			soon = true;
			limit.after(UNNEEDED_MILLIS + 1);
		}
	}

	/** Everything has been sent. */
	void linger() {
		limit.after(LINGER_MILLIS);
	}

	void clear() {
		limit.clear();
	}

	private void check() {
		soon = false;
		verySoon = false;
		Limits limits = endpoint.limits();
		if (!connection.isReading()) {
			connection.lingered();
		} else if (isOver(insideHeadSince, limits.headMillis())) {
			connection.fail(Http2Exception.protocol("the head takes too long"));
		} else if (isOver(congestedSince, limits.stallMillis()) && !connection.moved()) {
			connection.giveUp(Failure.CLIENT_STALLED, new SocketTimeoutException("the client takes nothing"));
		} else {
			if (isOver(congestedSince, limits.stallMillis())) {
				// slow, but taking
				congestedSince = loop.now();
			}
			for (Http2Exchange exchange : streams.open()) {
				check(exchange, limits);
			}
			again(limits.idleMillis());
		}
	}

	private void check(Http2Exchange exchange, Limits limits) {
		long stallMillis = limits.stallMillis();
		if (isOver(exchange.input().unneededSince(), UNNEEDED_MILLIS)) {
			// RFC 9113 section 8.1
			connection.reset(exchange, ErrorCode.NO_ERROR);
		} else if (congestedSince == 0 && isOver(exchange.output().stalledSince(), stallMillis)) {
			exchange.abandon(Failure.CLIENT_STALLED, new SocketTimeoutException("the client takes nothing"));
			connection.reset(exchange, ErrorCode.CANCEL);
		} else if (!exchange.isEnded()
				&& (isOver(exchange.input().stalledSince(), stallMillis) || exchange.input().isTooSlow(limits.contentRate()))) {
			exchange.refused(Failure.REQUEST_TIMEOUT, new SocketTimeoutException("the client sends nothing, or too slowly"));
		}
	}

	private void again(long idleMillis) {
		long millis = (loop.now() - idleSince) / 1_000_000;
		if (streams.count() > 0 || insideHeadSince != 0 || congestedSince != 0) {
			active();
		} else if (millis >= idleMillis) {
			connection.drain(0);
		} else if (connection.isReading()) {
			limit.after(idleMillis - millis);
		}
	}

	private boolean isOver(long since, long millis) {
		return since != 0 && since != Long.MAX_VALUE && loop.now() - since > millis * 1_000_000;
	}
}
