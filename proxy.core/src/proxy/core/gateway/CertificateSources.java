package proxy.core.gateway;

import java.util.List;
import java.util.Map;
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

/** Brings certificate providers and challenge responders, in their ranking, to the TLS listeners. */
@Component(service = CertificateSources.class)
public final class CertificateSources {

	private final ServerTls tls;
	/** The natural order of references is rising rank. */
	private final Map<ServiceReference<?>, CertificateProvider> providers = new ConcurrentSkipListMap<>();
	private final Map<ServiceReference<?>, ChallengeResponder> responders = new ConcurrentSkipListMap<>();

	@Activate
	public CertificateSources(@Reference Engine engine) {
		tls = new ServerTls(engine.tls());
	}

	ServerTls tls() {
		return tls;
	}

	@Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
	void addProvider(CertificateProvider provider, ServiceReference<CertificateProvider> reference) {
		providers.put(reference, provider);
		tls.providers(falling(providers));
	}

	void removeProvider(ServiceReference<CertificateProvider> reference) {
		providers.remove(reference);
		tls.providers(falling(providers));
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

	private static <T> List<T> falling(Map<ServiceReference<?>, T> byRank) {
		List<T> list = new java.util.ArrayList<>(byRank.values());
		java.util.Collections.reverse(list);
		return list;
	}
}
