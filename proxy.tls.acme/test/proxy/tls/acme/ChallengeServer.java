package proxy.tls.acme;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import proxy.api.tls.ChallengeResponder;
import proxy.api.tls.TlsIdentity;

/** What a TLS listener does for challenges: handshakes that offer only acme-tls/1 get the challenge's certificate. */
final class ChallengeServer implements AutoCloseable {

	private static final List<String> ACME = List.of("acme-tls/1");

	private final SSLServerSocket socket;
	private final Set<String> refused = ConcurrentHashMap.newKeySet();
	private volatile ChallengeResponder responder;

	ChallengeServer() throws IOException, GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(new KeyManager[] {new Certificates()}, null, null);
		socket = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(this::accept, "challenge-server");
		thread.setDaemon(true);
		thread.start();
	}

	int port() {
		return socket.getLocalPort();
	}

	void ask(ChallengeResponder wanted) {
		responder = wanted;
	}

	/** Fails the handshakes for a name. */
	void refuse(String name) {
		refused.add(name);
	}

	private void accept() {
		while (!socket.isClosed()) {
			try (SSLSocket connection = (SSLSocket) socket.accept()) {
				connection.setSoTimeout(5_000);
				SSLParameters parameters = connection.getSSLParameters();
				parameters.setApplicationProtocols(ACME.toArray(String[]::new));
				connection.setSSLParameters(parameters);
				connection.startHandshake();
			} catch (IOException e) {
				// The authority's log says why it was not content; closing ends the loop.
				continue;
			}
		}
	}

	@Override
	public void close() throws IOException {
		socket.close();
	}

	private final class Certificates extends X509ExtendedKeyManager {

		private final Map<String, TlsIdentity> chosen = new ConcurrentHashMap<>();

		@Override
		public String chooseServerAlias(String keyType, Principal[] issuers, Socket connection) {
			SSLSocket tls = (SSLSocket) connection;
			if (!"acme-tls/1".equals(tls.getHandshakeApplicationProtocol()) || !"EC".equals(keyType)) {
				return null;
			}
			for (SNIServerName name : ((ExtendedSSLSession) tls.getHandshakeSession()).getRequestedServerNames()) {
				String host = ((SNIHostName) name).getAsciiName();
				TlsIdentity identity = responder == null || refused.contains(host) ? null : responder.challengeCertificate(host);
				if (identity != null) {
					chosen.put(host, identity);
					return host;
				}
			}
			return null;
		}

		@Override
		public X509Certificate[] getCertificateChain(String alias) {
			return chosen.get(alias).chain().toArray(X509Certificate[]::new);
		}

		@Override
		public PrivateKey getPrivateKey(String alias) {
			return chosen.get(alias).key();
		}

		@Override
		public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
			return null;
		}

		@Override
		public String[] getServerAliases(String keyType, Principal[] issuers) {
			return null;
		}

		@Override
		public String[] getClientAliases(String keyType, Principal[] issuers) {
			return null;
		}

		@Override
		public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket connection) {
			return null;
		}
	}
}
