package proxy.core.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.tls.TlsIdentity;

/**
 * The implementation of TLS in use: Conscrypt where its native library loads, else Bouncy Castle's in pure Java, else
 * the JDK's. The first two agree on X25519MLKEM768 with clients that offer it.
 */
public abstract class TlsEngines {

	private static final Logger LOG = LoggerFactory.getLogger(TlsEngines.class);

	/** @param choice {@code auto}, {@code conscrypt}, {@code bouncycastle} or {@code jdk} */
	public static TlsEngines choose(String choice) {
		return switch (choice) {
			case "auto" -> first();
			case "conscrypt" -> conscrypt();
			case "bouncycastle" -> bouncyCastle();
			case "jdk" -> new Jdk();
			default -> throw new IllegalArgumentException(
					"tls_engine: '" + choice + "' is not one of auto, conscrypt, bouncycastle, jdk");
		};
	}

	private static TlsEngines first() {
		try {
			return conscrypt();
		} catch (RuntimeException | LinkageError unavailable) {
			LOG.atInfo().addKeyValue("reason", unavailable.getMessage()).log("tls: Conscrypt is not available, using Java");
		}
		try {
			return bouncyCastle();
		} catch (RuntimeException | LinkageError unavailable) {
			LOG.atInfo().addKeyValue("reason", unavailable.getMessage()).log("tls: Bouncy Castle is not available");
		}
		return new Jdk();
	}

	private static TlsEngines conscrypt() {
		return new ConscryptEngines();
	}

	private static TlsEngines bouncyCastle() {
		return new BouncyCastleEngines();
	}

	/** Name, version and preferred group, for people. */
	public abstract String description();

	abstract Provider provider();

	abstract KeyManager[] keyManagers(TlsIdentity identity) throws GeneralSecurityException;

	/** Sets what the JDK's API has no name for. */
	void configure(SSLEngine engine) {}

	/** A context that shows the identity. */
	final SSLContext serverContext(TlsIdentity identity) throws GeneralSecurityException {
		SSLContext context = context();
		context.init(keyManagers(identity), null, new SecureRandom());
		return context;
	}

	/** A context for a client of the gateway itself, which believes every certificate. */
	public final SSLContext clientContext() throws GeneralSecurityException {
		SSLContext context = context();
		context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
		return context;
	}

	private SSLContext context() throws GeneralSecurityException {
		return provider() == null ? SSLContext.getInstance("TLS") : SSLContext.getInstance("TLS", provider());
	}

	/** The same key as an object of the provider's, so that a handshake need not convert it. */
	static PrivateKey convert(PrivateKey key, Provider provider) throws GeneralSecurityException {
		return KeyFactory.getInstance(key.getAlgorithm(), provider)
				.generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
	}

	/** The JDK's own: no post-quantum group before JDK 27, and slower. */
	private static final class Jdk extends TlsEngines {

		@Override
		public String description() {
			return "JDK " + Runtime.version().feature() + " (X25519)";
		}

		@Override
		Provider provider() {
			return null;
		}

		@Override
		KeyManager[] keyManagers(TlsIdentity identity) {
			return new KeyManager[] {new IdentityKeyManager(identity, identity.key())};
		}
	}
}
