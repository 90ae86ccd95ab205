package proxy.upstream.http;

import java.util.ArrayDeque;
import proxy.api.transport.ClientTls;
import proxy.api.transport.EventLoop;
import proxy.api.upstream.Upstream;

/** One server of a service, with its idle connections: a stack for each loop, touched by that loop only. */
final class Target {

	private final Upstream upstream;
	private final ClientTls tls;
	private volatile ArrayDeque<UpstreamConnection>[] idle;
	/** No longer the service's: connections are closed instead of kept. */
	private volatile boolean retired;

	/** @param tls how to speak TLS to it, or null */
	Target(Upstream upstream, ClientTls tls) {
		this.upstream = upstream;
		this.tls = tls;
	}

	private ArrayDeque<UpstreamConnection> idle(EventLoop loop) {
		ArrayDeque<UpstreamConnection>[] known = idle;
		return (known == null ? stacks(loop.count()) : known)[loop.index()];
	}

	@SuppressWarnings({"unchecked", "rawtypes"})
	private synchronized ArrayDeque<UpstreamConnection>[] stacks(int loops) {
		if (idle == null) {
			ArrayDeque<UpstreamConnection>[] stacks = new ArrayDeque[loops];
			java.util.Arrays.setAll(stacks, i -> new ArrayDeque<>());
			idle = stacks;
		}
		return idle;
	}

	Upstream upstream() {
		return upstream;
	}

	ClientTls tls() {
		return tls;
	}

	/** The connection used last, or null. */
	UpstreamConnection take(EventLoop loop) {
		return idle(loop).poll();
	}

	/** Keeps a connection for the next request; false when it is not wanted any more. */
	boolean keep(UpstreamConnection connection, EventLoop loop) {
		if (retired) {
			return false;
		}
		idle(loop).push(connection);
		return true;
	}

	void remove(UpstreamConnection connection, EventLoop loop) {
		idle(loop).remove(connection);
	}

	/** Any thread: connections in use are closed when they come back; those waiting expire within seconds. */
	void retire() {
		retired = true;
	}

	/** Whether it is no longer the service's. */
	boolean isRetired() {
		return retired;
	}
}
