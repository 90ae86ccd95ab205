package proxy.tls.acme;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import proxy.api.listener.Listener;

/** A listener of some kind. */
record TestListener(String scheme) implements Listener {

	@Override
	public String name() {
		return scheme;
	}

	@Override
	public InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), 443);
	}

	@Override
	public List<String> services() {
		return List.of();
	}

	@Override
	public int connections() {
		return 0;
	}
}
