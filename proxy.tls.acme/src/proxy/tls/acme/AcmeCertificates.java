package proxy.tls.acme;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.listener.Listener;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.tls.CertificateProvider;
import proxy.api.tls.ChallengeResponder;
import proxy.api.tls.TlsIdentity;
import proxy.pem.IdentityFolder;
import proxy.pem.PrivateFile;

/**
 * Serves the certificates of the configured domains and answers the authority's challenges. Ranks above the certificate
 * folder, in which it stores them, so that a new one is in force at once.
 */
@Component(
		name = AcmeCertificates.PID,
		immediate = true,
		configurationPolicy = ConfigurationPolicy.REQUIRE,
		property = "service.ranking:Integer=100")
@Designate(ocd = AcmeConfig.class)
public final class AcmeCertificates implements CertificateProvider, ChallengeResponder {

	static final String PID = "proxy.tls.acme";

	private static final Logger log = LoggerFactory.getLogger(AcmeCertificates.class);
	private static final Set<String> TLS_SCHEMES = Set.of("https", "tcp+tls");

	private final Challenges challenges = new Challenges();
	private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
	private final Renewals renewals;

	@Activate
	public AcmeCertificates(BundleContext context, AcmeConfig config, @Reference GatewayRuntime runtime)
			throws InterruptedException {
		this(folder(context), config, runtime);
	}

	AcmeCertificates(Path path, AcmeConfig config, GatewayRuntime runtime) throws InterruptedException {
		IdentityFolder folder = new IdentityFolder(path);
		try {
			folder.recover();
		} catch (IOException e) {
			log.atWarn().addKeyValue("folder", path).addKeyValue("reason", PrivateFile.reason(e)).log("tls: folder is not writable");
		}
		renewals = new Renewals(folder, challenges, new Reports(runtime), InstantSource.system());
		renewals.configure(Settings.of(config));
	}

	@Modified
	void modified(AcmeConfig config) throws InterruptedException {
		renewals.configure(Settings.of(config));
	}

	@Deactivate
	void stop() throws InterruptedException {
		renewals.stop();
	}

	/** Orders wait for listeners: without them, no challenge can be answered. */
	@Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
	void addListener(Listener listener) {
		listeners.add(listener);
		listenersChanged();
	}

	void removeListener(Listener listener) {
		listeners.remove(listener);
		listenersChanged();
	}

	private void listenersChanged() {
		renewals.listeners(
				listeners.stream().anyMatch(listener -> TLS_SCHEMES.contains(listener.scheme())),
				listeners.stream().anyMatch(listener -> "http".equals(listener.scheme())));
	}

	@Override
	public TlsIdentity identity(String serverName) {
		return renewals.identity(serverName);
	}

	@Override
	public TlsIdentity challengeCertificate(String serverName) {
		return challenges.certificate(serverName);
	}

	@Override
	public String keyAuthorization(String token) {
		return challenges.keyAuthorization(token);
	}

	private static Path folder(BundleContext context) {
		String folder = context.getProperty("gatehouse.tls");
		String data = context.getProperty("gatehouse.data");
		return (folder != null ? Path.of(folder) : Path.of(data == null ? "." : data, "tls")).toAbsolutePath();
	}
}
