package proxy.tls.acme;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import proxy.api.tls.TlsIdentity;
import proxy.pem.CertificateNames;

/**
 * One order, from beginning to end (RFC 8555 section 7.4). Blocks; on an order thread.
 *
 * @param challenge {@code tls-alpn-01} or {@code http-01}
 */
record Issuance(DomainName domain, KeyType keyType, String challenge, Challenges challenges) {

	private static final Duration VALIDATION_LIMIT = Duration.ofSeconds(90);
	private static final Duration ISSUE_LIMIT = Duration.ofMinutes(3);

	TlsIdentity run(Login login) throws AcmeException, Refusal, InterruptedException {
		Order order = login.newOrder().identifier(domain.identifier()).create();
		for (Authorization authorization : order.getAuthorizations()) {
			authorize(authorization);
		}
		expect(Polling.until(order, Set.of(Status.READY, Status.VALID), VALIDATION_LIMIT), Status.READY, order);
		KeyPair keys = keyType.generate();
		order.execute(keys);
		expect(Polling.until(order, Set.of(Status.VALID), ISSUE_LIMIT), Status.VALID, order);
		return identity(order.getCertificate().getCertificateChain(), keys);
	}

	private void authorize(Authorization authorization) throws AcmeException, Refusal, InterruptedException {
		if (authorization.getStatus() == Status.VALID) {
			return;
		}
		Challenge offered = authorization.<Challenge>findChallenge(challenge)
				.orElseThrow(() -> new Refusal("the authority offers no " + challenge + " challenge"));
		try (Challenges.Offer offer = answer(offered)) {
			offered.trigger();
			Status status = Polling.until(authorization, Set.of(Status.VALID), VALIDATION_LIMIT);
			if (status != Status.VALID) {
				throw new Refusal("the authority could not validate the domain by " + challenge + ": " + reason(authorization, status));
			}
		}
	}

	private Challenges.Offer answer(Challenge offered) throws Refusal {
		if (offered instanceof TlsAlpn01Challenge alpn) {
			return challenges.offerCertificate(
					domain.challengeName(), ChallengeCertificate.create(domain, alpn.getAcmeValidation()));
		}
		if (offered instanceof Http01Challenge http) {
			return challenges.offerKeyAuthorization(http.getToken(), http.getAuthorization());
		}
		throw new Refusal("the challenge " + challenge + " cannot be answered");
	}

	private String reason(Authorization authorization, Status status) {
		return authorization.<Challenge>findChallenge(challenge)
				.flatMap(Challenge::getError)
				.map(Problem::toString)
				.orElse(status == Status.PENDING || status == Status.PROCESSING
						? "it did not try within " + VALIDATION_LIMIT.toSeconds() + " s"
						: "the authorization is " + status.name().toLowerCase(java.util.Locale.ROOT));
	}

	private static void expect(Status status, Status wanted, Order order) throws Refusal {
		if (status != wanted) {
			throw new Refusal("the order is " + status.name().toLowerCase(java.util.Locale.ROOT) + " instead of "
					+ wanted.name().toLowerCase(java.util.Locale.ROOT)
					+ order.getError().map(problem -> ": " + problem).orElse(""));
		}
	}

	private TlsIdentity identity(List<X509Certificate> chain, KeyPair keys) throws Refusal {
		if (chain.isEmpty() || !chain.get(0).getPublicKey().equals(keys.getPublic())) {
			throw new Refusal("the certificate that the authority gave is not for the key that was asked for");
		}
		if (!CertificateNames.of(chain.get(0)).contains(domain.text())) {
			throw new Refusal("the certificate that the authority gave is for " + CertificateNames.of(chain.get(0)));
		}
		return new TlsIdentity(chain, keys.getPrivate(), domain + " by ACME");
	}
}
