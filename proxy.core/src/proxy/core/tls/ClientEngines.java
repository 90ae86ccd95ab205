package proxy.core.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import proxy.api.transport.ClientTls;

/** Engines for connections that the gateway opens. The JDK's, whose checks of names and chains are the best known. */
public final class ClientEngines {

	private final Map<ClientTls, SSLContext> contexts = new ConcurrentHashMap<>();

	/** @throws IllegalStateException when the JDK cannot set up TLS at all */
	public SSLEngine engine(ClientTls tls) {
		SSLContext context = contexts.computeIfAbsent(tls, ClientEngines::context);
		SSLEngine engine = context.createSSLEngine(tls.serverName(), -1);
		engine.setUseClientMode(true);
		SSLParameters parameters = engine.getSSLParameters();
		if (tls.verify()) {
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
		}
		if (!tls.protocols().isEmpty()) {
			parameters.setApplicationProtocols(tls.protocols().toArray(new String[0]));
		}
		engine.setSSLParameters(parameters);
		return engine;
	}

	private static SSLContext context(ClientTls tls) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, trust(tls), new SecureRandom());
			return context;
		} catch (GeneralSecurityException | IOException broken) {
			throw new IllegalStateException("TLS to upstreams cannot be set up: " + broken.getMessage(), broken);
		}
	}

	private static TrustManager[] trust(ClientTls tls) throws GeneralSecurityException, IOException {
		if (!tls.verify()) {
			return new TrustManager[] {new TrustAll()};
		}
		KeyStore roots = null;
		if (!tls.roots().isEmpty()) {
			roots = KeyStore.getInstance("PKCS12");
			roots.load(null, null);
			for (X509Certificate root : tls.roots()) {
				roots.setCertificateEntry("root-" + roots.size(), root);
			}
		}
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(roots);
		return factory.getTrustManagers();
	}
}
