package proxy.core.tcp;

import java.net.InetAddress;
import java.util.List;
import proxy.api.rule.FactProvider.ClientFacts;
import proxy.api.rule.RequestFacts;
import proxy.api.transport.TlsSession;
import proxy.core.http.ClientLookup;
import proxy.core.http.Endpoint;
import proxy.core.loop.LoopTransport;

/** A connection as routes see it. The server name may have to be waited for: {@link #wantsHello} tells. */
final class ConnectionFacts implements RequestFacts {

	private final Endpoint endpoint;
	private final LoopTransport transport;
	private final TlsSession tls;
	private String serverName;
	private boolean nameAsked;
	private ClientFacts client;

	ConnectionFacts(Endpoint endpoint, LoopTransport transport) {
		this.endpoint = endpoint;
		this.transport = transport;
		tls = transport.tls();
		serverName = tls == null ? null : tls.serverName();
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
	public InetAddress clientAddress() {
		return transport.remoteAddress().getAddress();
	}

	@Override
	public int clientPort() {
		return transport.remoteAddress().getPort();
	}

	private ClientFacts client() {
		if (client == null) {
			ClientLookup clients = endpoint.dispatcher().table().clients();
			ClientFacts known = clients.lookup(clientAddress());
			client = known == null ? ClientFacts.UNKNOWN : known;
		}
		return client;
	}

	@Override
	public long clientAsn() {
		return client().asn();
	}

	@Override
	public String clientCountry() {
		return client().country();
	}

	@Override
	public boolean hasClientFacts() {
		return endpoint.dispatcher().table().clients() != ClientLookup.NOBODY;
	}

	@Override
	public String listener() {
		return endpoint.name();
	}

	@Override
	public String tlsVersion() {
		return tls == null ? "" : tls.protocol();
	}

	@Override
	public String tlsServerName() {
		nameAsked = true;
		return serverName == null ? "" : serverName;
	}

	@Override
	public String scheme() {
		return endpoint.scheme();
	}

	// --- what only requests have

	@Override
	public String host() {
		return "";
	}

	@Override
	public String url() {
		return "";
	}

	@Override
	public String path() {
		return "";
	}

	@Override
	public String query() {
		return "";
	}

	@Override
	public String method() {
		return "";
	}

	@Override
	public String userAgent() {
		return "";
	}

	@Override
	public String protocol() {
		return "";
	}

	@Override
	public String header(String name) {
		return "";
	}

	@Override
	public boolean hasHeader(String name) {
		return false;
	}

	@Override
	public List<String> headerNames() {
		return List.of();
	}

	@Override
	public String queryParameter(String name) {
		return "";
	}

	@Override
	public boolean hasQueryParameter(String name) {
		return false;
	}

	@Override
	public String cookie(String name) {
		return "";
	}

	@Override
	public boolean hasCookie(String name) {
		return false;
	}
}
