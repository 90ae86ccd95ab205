package proxy.core.http;

import proxy.api.rule.FactProvider.ClientFacts;
import proxy.api.rule.RequestFacts;
import proxy.api.transport.TlsSession;

/** What may be asked about every connection, whatever its protocol: the client, the listener, TLS. */
public abstract class ConnectionFacts implements RequestFacts {

	private ClientFacts client;

	protected abstract Endpoint endpoint();

	/** What TLS agreed on, or null on a plain connection. */
	protected abstract TlsSession tls();

	/** What is known of the client is of another one from now on. */
	protected final void forgetClient() {
		client = null;
	}

	private ClientLookup clients() {
		return endpoint().dispatcher().table().clients();
	}

	private ClientFacts client() {
		if (client == null) {
			ClientFacts known = clients().lookup(clientAddress());
			client = known == null ? ClientFacts.UNKNOWN : known;
		}
		return client;
	}

	@Override
	public final long clientAsn() {
		return client().asn();
	}

	@Override
	public final String clientCountry() {
		return client().country();
	}

	@Override
	public final boolean hasClientFacts() {
		return clients() != ClientLookup.NOBODY;
	}

	@Override
	public final String listener() {
		return endpoint().name();
	}

	@Override
	public final String scheme() {
		return endpoint().scheme();
	}

	@Override
	public final String tlsVersion() {
		return tls() == null ? "" : tls().protocol();
	}

	@Override
	public String tlsServerName() {
		return tls() == null ? "" : tls().serverName();
	}
}
