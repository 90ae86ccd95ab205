package proxy.core.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.core.http.Dispatcher;
import proxy.core.http.Endpoint;
import proxy.core.http.Front;
import proxy.core.http1.Http1;
import proxy.core.http2.Http2;
import proxy.core.loop.Acceptor;
import proxy.core.loop.ClientHello;
import proxy.core.loop.LoopTransport;
import proxy.core.tcp.Tcp;

/** A bound address, and what becomes of the connections that are accepted there: TLS, and the protocol that it agrees on. */
final class ListeningSocket {

	private static final Logger LOG = LoggerFactory.getLogger(ListeningSocket.class);

	private final Engine engine;
	private final CertificateSources certificates;
	private final Endpoint endpoint;
	private final Acceptor acceptor;
	private volatile ListenerSettings settings;

	/**
	 * Binds. Accepting begins with {@link #start}.
	 *
	 * @param slot the listener's index in every routing table
	 * @throws IOException when the address cannot be bound
	 */
	ListeningSocket(
			ListenerSettings settings, int slot, Engine engine, Dispatcher dispatcher, CertificateSources certificates)
			throws IOException {
		this.engine = engine;
		this.certificates = certificates;
		endpoint = new Endpoint(
				settings.name(), settings.address().scheme(), slot, dispatcher, settings.limits(), engine.loops());
		use(settings);
		acceptor = new Acceptor(
				engine.loops(),
				settings.address().socket(),
				settings.config().reuse_port(),
				settings.config().backlog(),
				settings.address().isTls() ? this::tls : null,
				settings.config().handshake_timeout_ms(),
				connections(settings));
		acceptor.introducing(this::isIntroduced);
		if (!settings.address().isTcp()) {
			acceptor.toPlainHttp(Http1.NOT_TLS);
		}
	}

	private Consumer<LoopTransport> connections(ListenerSettings bound) {
		Consumer<LoopTransport> usual = bound.address().isTcp()
				? Tcp.connections(endpoint, bound.config().handshake_timeout_ms())
				: engine.http1().connections(endpoint);
		if (!bound.address().isTls()) {
			return usual;
		}
		Consumer<LoopTransport> http2 = bound.address().isTcp() ? usual : engine.http2().connections(endpoint);
		return transport -> {
			switch (transport.tls().applicationProtocol()) {
				case Http2.ALPN -> http2.accept(transport);
				case ClientHello.ACME_TLS -> transport.close();
				default -> usual.accept(transport);
			}
		};
	}

	private SSLEngine tls(ClientHello hello) {
		return certificates.tls().engine(hello, settings.tlsVersions(), settings.applicationProtocols());
	}

	private boolean isIntroduced(InetAddress peer) {
		return settings.config().proxy_protocol() && settings.limits().trustedProxies().test(peer);
	}

	/** Takes new settings, for what begins from now on. */
	void use(ListenerSettings next) {
		settings = next;
		endpoint.limits(next.limits());
		endpoint.front(new Front(certificates::keyAuthorization, next.redirectPort()));
	}

	void start() {
		acceptor.start();
	}

	/** Whether another process listens at the same address. */
	boolean isShared() {
		return acceptor.isShared();
	}

	InetSocketAddress address() {
		return acceptor.address();
	}

	/** How many connections there are now. */
	int connections() {
		return endpoint.connections();
	}

	/** Ends the connections of TCP services that are not among these. */
	void cutOff(Set<String> remaining) {
		Tcp.cutOff(endpoint, remaining);
	}

	/** Gives the address back and drains what was accepted. */
	void close() {
		try {
			acceptor.close();
		} catch (IOException unimportant) {
			LOG.debug("closing {} failed", settings.address(), unimportant);
		}
		engine.drain(acceptor, endpoint);
	}
}
