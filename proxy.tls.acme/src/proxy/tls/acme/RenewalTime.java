package proxy.tls.acme;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** When a certificate is to be renewed, as far as it says itself. */
final class RenewalTime {

	private static final Duration SHORT_LIVED = Duration.ofDays(10);

	private RenewalTime() {}

	/**
	 * When a third of the life is left, or half of it for less than ten days; spread over a thirtieth of the life, always the
	 * same for one certificate, so that those issued together are not all renewed together.
	 *
	 * @param renewBefore how long before the end instead, or null; at most half of the life
	 */
	static Instant of(X509Certificate certificate, Duration renewBefore) {
		Instant start = certificate.getNotBefore().toInstant();
		Instant end = certificate.getNotAfter().toInstant();
		Duration life = Duration.between(start, end);
		Duration before = life.dividedBy(life.compareTo(SHORT_LIVED) < 0 ? 2 : 3);
		if (renewBefore != null) {
			Duration most = life.dividedBy(2);
			before = renewBefore.compareTo(most) < 0 ? renewBefore : most;
		}
		long spread = life.dividedBy(30).toSeconds();
		long early = spread <= 0 ? 0 : Math.floorMod(certificate.getSerialNumber().hashCode(), spread);
		return end.minus(before).minusSeconds(early);
	}
}
