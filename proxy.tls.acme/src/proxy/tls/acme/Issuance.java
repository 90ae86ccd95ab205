package proxy.tls.acme;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.OrderBuilder;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.tls.TlsIdentity;
import proxy.pem.CertificateNames;

/**
 * One order, from beginning to end (RFC 8555 section 7.4). Blocks; on an order thread.
 *
 * @param challenge {@code tls-alpn-01} or {@code http-01}
 * @param profile "" for the authority's usual one
 * @param replaced the certificate that this is to be the successor of, or null
 */
record Issuance(
		DomainName domain, KeyType keyType, String profile, String challenge, Challenges challenges, TlsIdentity replaced) {

	private static final Logger log = LoggerFactory.getLogger(Issuance.class);
	private static final Duration VALIDATION_LIMIT = Duration.ofSeconds(90);
	private static final Duration FINALIZE_LIMIT = Duration.ofSeconds(5);
	private static final Duration ISSUE_LIMIT = Duration.ofMinutes(3);

	TlsIdentity run(Login login) throws AcmeException, Refusal, InterruptedException {
		Order order = create(login);
		for (Authorization authorization : order.getAuthorizations()) {
			authorize(authorization);
		}
		expect(Polling.until(order, Set.of(Status.READY, Status.VALID), VALIDATION_LIMIT), Status.READY, order);
		KeyPair keys = keyType.generate();
		order.execute(keys);
		if (Polling.until(order, Set.of(Status.VALID), FINALIZE_LIMIT) == Status.READY) {
			// What we sent has got lost: the order still waits for it.
			order.execute(keys);
		}
		expect(Polling.until(order, Set.of(Status.VALID), ISSUE_LIMIT), Status.VALID, order);
		return identity(order.getCertificate().getCertificateChain(), keys);
	}

	/** Says which certificate is replaced (RFC 9773 section 5), unless the authority does not want to hear that. */
	private Order create(Login login) throws AcmeException, Refusal {
		if (replaced != null && login.getSession().resourceUrlOptional(Resource.RENEWAL_INFO).isPresent()) {
			try {
				return order(login).replaces(replaced.leaf()).create();
			} catch (AcmeRateLimitedException e) {
				throw e;
			} catch (AcmeServerException | IllegalArgumentException e) {
				log.atInfo().addKeyValue("domain", domain).addKeyValue("reason", e.getMessage()).log("tls: ACME order without 'replaces'");
			}
		}
		return order(login).create();
	}

	private OrderBuilder order(Login login) throws AcmeException, Refusal {
		OrderBuilder order = login.newOrder().identifier(domain.identifier());
		if (profile.isEmpty()) {
			return order;
		}
		Set<String> offered = login.getSession().getMetadata().getProfiles();
		if (!offered.contains(profile)) {
			throw new Refusal(Trouble.Kind.PROFILE, "the authority has no profile '" + profile + "', but "
					+ (offered.isEmpty() ? "none at all" : String.join(", ", new TreeSet<>(offered))));
		}
		return order.profile(profile);
	}

	private void authorize(Authorization authorization) throws AcmeException, Refusal, InterruptedException {
		if (authorization.getStatus() == Status.VALID) {
			return;
		}
		Challenge offered = authorization.<Challenge>findChallenge(challenge)
				.orElseThrow(() -> new Refusal("the authority offers no " + challenge + " challenge"));
		Challenges.Offer offer = answer(offered);
		try {
			offered.trigger();
			Status status = Polling.until(authorization, Set.of(Status.VALID), VALIDATION_LIMIT);
			if (status != Status.VALID) {
				throw new Refusal("the authority could not validate the domain by " + challenge + ": " + reason(authorization, status));
			}
		} finally {
			offer.close();
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
						: "the authorization is " + status.name().toLowerCase(Locale.ROOT));
	}

	private static void expect(Status status, Status wanted, Order order) throws Refusal {
		if (status != wanted) {
			throw new Refusal("the order is " + status.name().toLowerCase(Locale.ROOT) + " instead of "
					+ wanted.name().toLowerCase(Locale.ROOT)
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
