package proxy.upstream.tcp;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import proxy.api.http.Failure;
import proxy.api.tcp.TcpConnection;
import proxy.api.transport.ConnectHandler;
import proxy.api.transport.Transport;
import proxy.api.upstream.Upstream;

/** One connection until it is joined with an upstream. On its loop. */
final class Joining implements ConnectHandler {

	/** Before the same upstreams are tried again: one that is restarted may be back. */
	private static final long PAUSE_MILLIS = 100;

	private final TcpConnection connection;
	private final Settings settings;
	private final Upstreams upstreams;
	private final List<Upstream> tried = new ArrayList<>();
	private int attempts;
	private Upstream current;

	Joining(TcpConnection connection, Settings settings, Upstreams upstreams) {
		this.connection = connection;
		this.settings = settings;
		this.upstreams = upstreams;
	}

	void start() {
		current = upstreams.choose(tried);
		if (current == null) {
			connection.fail(Failure.NO_UPSTREAM, null, null);
		} else {
			connect();
		}
	}

	private void connect() {
		attempts++;
		tried.add(current);
		connection.loop().connect(current.address(), null, settings.connectMillis(), this);
	}

	@Override
	public void connected(Transport upstream) {
		if (!connection.transport().isOpen()) {
			upstream.abort();
			return;
		}
		try {
			if (settings.proxyHeader() != null) {
				upstream.write(ProxyHeader.of(settings.proxyHeader(), connection.client(), connection.destination()));
			}
			connection.tunnel(upstream, current.name(), settings.idleMillis());
		} catch (IOException lost) {
			upstream.abort();
			connection.fail(Failure.UPSTREAM_CLOSED, current.name(), lost);
		}
	}

	@Override
	public void failed(Throwable cause) {
		upstreams.unreachable();
		if (!connection.transport().isOpen()) {
			return;
		}
		if (attempts >= settings.attempts()) {
			Failure failure = cause instanceof SocketTimeoutException ? Failure.CONNECT_TIMEOUT : Failure.CONNECT_FAILED;
			connection.fail(failure, current.name(), cause);
			return;
		}
		Upstream other = upstreams.choose(tried);
		if (other != null) {
			current = other;
			connect();
		} else {
			tried.clear();
			connection.loop().deadline(this::start).after(PAUSE_MILLIS);
		}
	}
}
