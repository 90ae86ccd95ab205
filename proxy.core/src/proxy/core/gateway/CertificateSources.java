package proxy.core.gateway;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import proxy.api.tls.CertificateProvider;
import proxy.api.tls.ChallengeResponder;
import proxy.core.tls.ServerTls;

/**
 * Brings certificate providers and challenge responders, in their ranking, to the listeners. A provider that goes stays
 * until its successor has come or some time has passed: handshakes do not wait for a bundle to be replaced.
 */
@Component(service = CertificateSources.class)
public final class CertificateSources {

	private static final String COMPONENT = "component.name";

	private final Engine engine;
	private final ServerTls tls;
	/** The natural order of references is rising rank. */
	private final Map<ServiceReference<?>, CertificateProvider> providers = new ConcurrentSkipListMap<>();
	private final Set<ServiceReference<?>> leaving = new HashSet<>();
	private final Map<ServiceReference<?>, ChallengeResponder> responders = new ConcurrentSkipListMap<>();

	@Activate
	public CertificateSources(@Reference Engine engine) {
		this.engine = engine;
		tls = new ServerTls(engine.tls());
	}

	ServerTls tls() {
		return tls;
	}

	@Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
	synchronized void addProvider(CertificateProvider provider, ServiceReference<CertificateProvider> reference) {
		providers.put(reference, provider);
		Object component = reference.getProperty(COMPONENT);
		List.copyOf(leaving).stream()
				.filter(gone -> component != null && component.equals(gone.getProperty(COMPONENT)))
				.forEach(this::forget);
		tls.providers(falling(providers));
	}

	synchronized void removeProvider(ServiceReference<CertificateProvider> reference) {
		leaving.add(reference);
		engine.control().after(Registered.GRACE_MILLIS, () -> forget(reference));
	}

	private synchronized void forget(ServiceReference<?> reference) {
		if (leaving.remove(reference)) {
			providers.remove(reference);
			tls.providers(falling(providers));
		}
	}

	@Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
	void addResponder(ChallengeResponder responder, ServiceReference<ChallengeResponder> reference) {
		responders.put(reference, responder);
		tls.responders(falling(responders));
	}

	void removeResponder(ServiceReference<ChallengeResponder> reference) {
		responders.remove(reference);
		tls.responders(falling(responders));
	}

	/** The key authorization for an http-01 token, or null when nobody knows it. */
	String keyAuthorization(String token) {
		for (ChallengeResponder responder : responders.values()) {
			String authorization = responder.keyAuthorization(token);
			if (authorization != null) {
				return authorization;
			}
		}
		return null;
	}

	private static <T> List<T> falling(Map<ServiceReference<?>, T> byRank) {
		List<T> list = new ArrayList<>(byRank.values());
		Collections.reverse(list);
		return list;
	}
}
