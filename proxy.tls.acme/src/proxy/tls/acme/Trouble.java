package proxy.tls.acme;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why an order failed.
 *
 * @param kind whose fault it is, so what to do about it
 * @param reason for people
 * @param retryAfter not to be tried before, as the authority said, or null
 */
record Trouble(Kind kind, String reason, Instant retryAfter) {

	enum Kind {
		/** The authority does not work: every domain has to wait. */
		AUTHORITY("directory_url"),
		/** The connection to it cannot be trusted, or the file that says whom to trust is unusable. */
		TRUST("ca_file"),
		/** The authority does not know the account any more. */
		ACCOUNT("directory_url"),
		/** It wants the account bound to a customer of its own, or does not know the one that is configured. */
		BINDING("eab_key_id"),
		/** It has no such profile. */
		PROFILE("profile"),
		/** It works, and refuses this domain. */
		DOMAIN("domains");

		private final String setting;

		Kind(String setting) {
			this.setting = setting;
		}

		/** Where to look first. */
		String setting() {
			return setting;
		}
	}

	private static final Logger log = LoggerFactory.getLogger(Trouble.class);
	private static final String ERROR = "urn:ietf:params:acme:error:";
	private static final Map<String, Kind> KINDS = Map.of(
			ERROR + "serverInternal", Kind.AUTHORITY,
			ERROR + "badNonce", Kind.AUTHORITY,
			ERROR + "accountDoesNotExist", Kind.ACCOUNT,
			ERROR + "externalAccountRequired", Kind.BINDING,
			ERROR + "invalidProfile", Kind.PROFILE);

	/** What an authority says may be a whole page. */
	private static final int LONGEST_REASON = 500;

	Trouble {
		reason = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
	}

	static Trouble of(Throwable failure) {
		if (failure instanceof AcmeLazyLoadingException) {
			return of(failure.getCause());
		}
		if (failure instanceof AcmeNetworkException) {
			return ofConnection(failure.getCause());
		}
		if (failure instanceof AcmeRateLimitedException limited) {
			return new Trouble(
					Kind.DOMAIN, "too many requests, says the authority: " + text(limited), limited.getRetryAfter().orElse(null));
		}
		if (failure instanceof AcmeServerException refused) {
			String type = refused.getType().toString();
			return new Trouble(KINDS.getOrDefault(type, Kind.DOMAIN), "the authority refuses: " + text(refused), null);
		}
		if (failure instanceof Refusal refusal) {
			return new Trouble(refusal.kind(), refusal.getMessage(), null);
		}
		if (failure instanceof AcmeException || failure instanceof AcmeProtocolException) {
			return new Trouble(Kind.AUTHORITY, "the authority answers, but not as ACME servers do: " + failure.getMessage(), null);
		}
		log.atWarn().setCause(failure).log("tls: ACME order ended unexpectedly");
		return new Trouble(Kind.AUTHORITY, failure.toString(), null);
	}

	private static Trouble ofConnection(Throwable cause) {
		if (cause instanceof CaUnavailable unavailable) {
			return new Trouble(Kind.AUTHORITY, "the authority cannot serve now: " + cause.getMessage(), unavailable.retryAfter());
		}
		for (Throwable deeper = cause; deeper != null; deeper = deeper.getCause()) {
			if (deeper instanceof UnknownHostException || deeper instanceof UnresolvedAddressException) {
				return new Trouble(Kind.AUTHORITY, "the authority cannot be reached: its name does not resolve", null);
			}
			if (deeper instanceof SSLException) {
				String detail = String.valueOf(deeper.getMessage()).replaceAll("^.*Exception: ", "");
				return new Trouble(
						Kind.TRUST,
						"the authority's own certificate is not trusted (this setting names whom to trust): " + detail,
						null);
			}
		}
		String reason = cause.getMessage() != null ? cause.getMessage()
				: cause instanceof ConnectException ? "the connection is refused" : cause.getClass().getSimpleName();
		return new Trouble(Kind.AUTHORITY, "the authority cannot be reached: " + reason, null);
	}

	private static String text(AcmeServerException refused) {
		return refused.getProblem().toString();
	}
}
