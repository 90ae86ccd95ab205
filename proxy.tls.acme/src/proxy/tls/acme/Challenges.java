package proxy.tls.acme;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import proxy.api.tls.TlsIdentity;

/** The answers to challenges that are pending. Any thread. */
final class Challenges {

	private final Map<String, TlsIdentity> certificates = new ConcurrentHashMap<>();
	private final Map<String, String> keyAuthorizations = new ConcurrentHashMap<>();

	/** @return null when none is pending for the name */
	TlsIdentity certificate(String serverName) {
		return certificates.get(serverName);
	}

	/** @return null when none is pending for the token */
	String keyAuthorization(String token) {
		return keyAuthorizations.get(token);
	}

	/** Answers until the offer is closed. */
	Offer offerCertificate(String serverName, TlsIdentity certificate) {
		certificates.put(serverName, certificate);
		return () -> certificates.remove(serverName, certificate);
	}

	/** Answers until the offer is closed. */
	Offer offerKeyAuthorization(String token, String keyAuthorization) {
		keyAuthorizations.put(token, keyAuthorization);
		return () -> keyAuthorizations.remove(token, keyAuthorization);
	}

	/** An answer that is given until it is closed. */
	interface Offer {
		void close();
	}
}
