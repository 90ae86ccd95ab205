package proxy.core.tcp;

import java.net.InetAddress;
import proxy.api.transport.TlsSession;
import proxy.core.http.ConnectionFacts;
import proxy.core.http.Endpoint;
import proxy.core.loop.LoopTransport;

/** A connection of a TCP listener as routes see it. The server name may have to be waited for: {@link #wantsHello} tells. */
final class StreamFacts extends ConnectionFacts {

	private final Endpoint endpoint;
	private final LoopTransport transport;
	private String serverName;
	private boolean nameAsked;

	StreamFacts(Endpoint endpoint, LoopTransport transport) {
		this.endpoint = endpoint;
		this.transport = transport;
		serverName = tls() == null ? null : tls().serverName();
	}

	/** Whether the server name has been asked for and is not known: what was answered since is worthless. */
	boolean wantsHello() {
		return nameAsked && serverName == null;
	}

	/** @param name "" when there is none */
	void serverName(String name) {
		serverName = name;
	}

	@Override
	protected Endpoint endpoint() {
		return endpoint;
	}

	@Override
	protected TlsSession tls() {
		return transport.tls();
	}

	@Override
	public InetAddress clientAddress() {
		return transport.remoteAddress().getAddress();
	}

	@Override
	public int clientPort() {
		return transport.remoteAddress().getPort();
	}

	@Override
	public String tlsServerName() {
		nameAsked = true;
		return serverName == null ? "" : serverName;
	}
}
