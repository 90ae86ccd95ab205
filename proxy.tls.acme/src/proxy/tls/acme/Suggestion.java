package proxy.tls.acme;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.RenewalInfo;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the authority wants a certificate renewed (RFC 9773), so that it can spread its load, or replace in time what it is
 * going to revoke.
 *
 * @param renewAt null when it does not say, or nonsense
 * @param askAgain when to ask again
 */
record Suggestion(Instant renewAt, Instant askAgain) {

	private static final Logger log = LoggerFactory.getLogger(Suggestion.class);
	static final Duration USUAL = Duration.ofHours(6);
	private static final Duration AT_LEAST = Duration.ofMinutes(1);
	private static final Duration AT_MOST = Duration.ofDays(1);

	/** Asks; blocks. */
	static Suggestion ask(Login login, X509Certificate certificate, Instant now, double random) {
		try {
			if (login.getSession().resourceUrlOptional(Resource.RENEWAL_INFO).isEmpty()) {
				return new Suggestion(null, now.plus(AT_MOST));
			}
			RenewalInfo info = login.bindRenewalInfo(certificate);
			Instant retryAfter = info.fetch().orElse(now.plus(USUAL));
			return of(info.getSuggestedWindowStart(), info.getSuggestedWindowEnd(), retryAfter, now, random);
		} catch (AcmeException | RuntimeException e) {
			log.atDebug().addKeyValue("reason", e.getMessage()).log("tls: no renewal information");
			return new Suggestion(null, now.plus(USUAL));
		}
	}

	/** A moment in the window, by chance (RFC 9773 section 4.2). */
	static Suggestion of(Instant start, Instant end, Instant retryAfter, Instant now, double random) {
		Instant askAgain = retryAfter.isBefore(now.plus(AT_LEAST)) ? now.plus(AT_LEAST)
				: retryAfter.isAfter(now.plus(AT_MOST)) ? now.plus(AT_MOST) : retryAfter;
		if (!end.isAfter(start)) {
			return new Suggestion(null, askAgain);
		}
		return new Suggestion(start.plusMillis((long) (Duration.between(start, end).toMillis() * random)), askAgain);
	}
}
