package proxy.tls.acme;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** When a certificate is to be renewed. */
final class RenewalTime {

	private static final Duration SHORT_LIVED = Duration.ofDays(10);

	private RenewalTime() {}

	/**
	 * When a third of the life is left, or half of it for less than ten days; spread over a thirtieth of the life, always the
	 * same for one certificate, so that those issued together are not all renewed together.
	 *
	 * @param renewBefore how long before the end instead, or null; at most half of the life
	 * @param suggested by the authority, or null; believed, but not beyond a tenth of the life before the end
	 */
	static Instant of(X509Certificate certificate, Duration renewBefore, Instant suggested) {
		Instant end = certificate.getNotAfter().toInstant();
		Duration life = Duration.between(certificate.getNotBefore().toInstant(), end);
		if (suggested != null) {
			Instant believed = earlier(suggested, end.minus(life.dividedBy(10)));
			return renewBefore == null ? believed : earlier(believed, end.minus(shorter(renewBefore, life.dividedBy(2))));
		}
		Duration before = renewBefore != null
				? shorter(renewBefore, life.dividedBy(2))
				: life.dividedBy(life.compareTo(SHORT_LIVED) < 0 ? 2 : 3);
		long spread = life.dividedBy(30).toSeconds();
		long early = spread <= 0 ? 0 : Math.floorMod(certificate.getSerialNumber().hashCode(), spread);
		return end.minus(before).minusSeconds(early);
	}

	private static Duration shorter(Duration one, Duration other) {
		return one.compareTo(other) < 0 ? one : other;
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}
}
