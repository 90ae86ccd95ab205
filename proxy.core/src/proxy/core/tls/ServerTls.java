package proxy.core.tls;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.tls.CertificateProvider;
import proxy.api.tls.ChallengeResponder;
import proxy.api.tls.TlsIdentity;
import proxy.core.loop.ClientHello;
import proxy.core.loop.HandshakeRefusal;
import proxy.core.loop.Quota;

/** Chooses the certificate for a ClientHello and makes the engine that shows it. Any loop; never blocks for long. */
public final class ServerTls {

	private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

	private final TlsEngines engines;
	private final Quota failures = new Quota();
	private volatile String[] suites;
	private volatile List<CertificateProvider> providers = List.of();
	private volatile List<ChallengeResponder> responders = List.of();
	/** Replaced whole when a certificate is shown for the first time. */
	private volatile Map<TlsIdentity, SSLContext> contexts = Map.of();

	public ServerTls(TlsEngines engines) {
		this.engines = engines;
	}

	/** In order of asking. */
	public void providers(List<CertificateProvider> next) {
		providers = List.copyOf(next);
	}

	public void responders(List<ChallengeResponder> next) {
		responders = List.copyOf(next);
	}

	/**
	 * @param protocols TLS versions allowed
	 * @param applicationProtocols ALPN names accepted, in order of preference
	 * @return a server engine, or null when there is no certificate to show
	 * @throws HandshakeRefusal when the client offers application protocols, but none of these
	 */
	public SSLEngine engine(ClientHello hello, String[] protocols, String[] applicationProtocols) {
		try {
			if (hello.isAcmeValidation()) {
				return validationEngine(hello.serverName());
			}
			if (applicationProtocols.length > 0 && !hello.offers(applicationProtocols)) {
				throw new HandshakeRefusal(HandshakeRefusal.NO_APPLICATION_PROTOCOL,
						"none of the application protocols " + hello.applicationProtocols());
			}
			TlsIdentity identity = identity(hello.serverName());
			if (identity == null) {
				return null;
			}
			SSLEngine engine = context(identity).createSSLEngine();
			engine.setUseClientMode(false);
			SSLParameters parameters = engine.getSSLParameters();
			parameters.setProtocols(protocols);
			parameters.setCipherSuites(forwardSecret(engine.getEnabledCipherSuites()));
			parameters.setApplicationProtocols(applicationProtocols);
			parameters.setUseCipherSuitesOrder(true);
			engine.setSSLParameters(parameters);
			engines.configure(engine);
			return engine;
		} catch (HandshakeRefusal refused) {
			throw refused;
		} catch (GeneralSecurityException | RuntimeException unusable) {
			failures.warning(LOG, System.nanoTime())
					.addKeyValue("server_name", hello.serverName())
					.addKeyValue("reason", unusable.getMessage())
					.log("tls: no handshake with this certificate");
			return null;
		}
	}

	/** TLS 1.3's suites, and of TLS 1.2's those with ephemeral keys and authenticated encryption (RFC 9325 section 4.2). */
	private String[] forwardSecret(String[] enabled) {
		String[] known = suites;
		if (known == null) {
			known = Stream.of(enabled)
					.filter(suite -> !suite.contains("_WITH_")
							|| suite.contains("_ECDHE_") && (suite.contains("_GCM_") || suite.contains("_CHACHA20_")))
					.toArray(String[]::new);
			suites = known;
		}
		return known;
	}

	/** Whether clients that name nobody are shown a certificate. */
	public boolean hasIdentity() {
		return identity("") != null;
	}

	private TlsIdentity identity(String serverName) {
		List<CertificateProvider> asked = providers;
		for (CertificateProvider provider : asked) {
			TlsIdentity identity = provider.identity(serverName);
			if (identity != null) {
				return identity;
			}
		}
		for (CertificateProvider provider : asked) {
			TlsIdentity identity = provider.defaultIdentity();
			if (identity != null) {
				return identity;
			}
		}
		return null;
	}

	private SSLContext context(TlsIdentity identity) throws GeneralSecurityException {
		SSLContext known = contexts.get(identity);
		return known == null ? newContext(identity) : known;
	}

	private synchronized SSLContext newContext(TlsIdentity identity) throws GeneralSecurityException {
		SSLContext context = contexts.get(identity);
		if (context == null) {
			context = engines.serverContext(identity);
			Map<TlsIdentity, SSLContext> next = new HashMap<>(contexts);
			// a new identity from the same source replaces the one before
			next.keySet().removeIf(other -> other.source().equals(identity.source()));
			next.put(identity, context);
			contexts = next;
		}
		return context;
	}

	/** RFC 8737: the handshake is all there is. The JDK's engine can be told to agree on acme-tls/1, the others cannot. */
	private SSLEngine validationEngine(String serverName) throws GeneralSecurityException {
		for (ChallengeResponder responder : responders) {
			TlsIdentity identity = responder.challengeCertificate(serverName);
			if (identity != null) {
				SSLEngine engine = TlsEngines.choose("jdk").serverContext(identity).createSSLEngine();
				engine.setUseClientMode(false);
				SSLParameters parameters = engine.getSSLParameters();
				parameters.setApplicationProtocols(new String[] {ClientHello.ACME_TLS});
				engine.setSSLParameters(parameters);
				return engine;
			}
		}
		LOG.atWarn().addKeyValue("domain", serverName).log("tls: a validation came for a name with no pending challenge");
		return null;
	}
}
