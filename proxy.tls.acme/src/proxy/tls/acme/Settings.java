package proxy.tls.acme;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import proxy.api.runtime.Problem;

/**
 * The configuration, checked. What is wrong in it is left out and told, so that one wrong domain does not keep the others
 * from their certificates.
 *
 * @param directory null when no orders can be made with these settings
 * @param caFile null for the roots that Java trusts
 * @param account which of the authority's customers the account is for
 * @param profile "" for the authority's usual one
 * @param challenge {@code auto}, {@code tls-alpn-01} or {@code http-01}
 * @param renewBefore null for automatic
 * @param defaultDomain null for none
 */
record Settings(
		Set<DomainName> domains,
		URI directory,
		Path caFile,
		List<URI> contacts,
		ExternalAccount account,
		String profile,
		KeyType keyType,
		String challenge,
		Duration renewBefore,
		DomainName defaultDomain,
		List<Problem> problems) {

	static Settings of(AcmeConfig config) {
		List<Problem> problems = new ArrayList<>();
		Set<DomainName> domains = domains(config.domains(), problems);
		URI directory = directory(config.directory_url(), problems);
		ExternalAccount account = ExternalAccount.of(config.eab_key_id(), config.eab_hmac_key_file(), problems);
		return new Settings(
				domains,
				account == null ? null : directory,
				config.ca_file().isBlank() ? null : Path.of(config.ca_file().trim()).toAbsolutePath(),
				contacts(config.contact(), problems),
				account,
				config.profile().trim(),
				keyType(config.key_type(), problems),
				challenge(config.challenge(), problems),
				renewBefore(config.renew_before_days(), problems),
				defaultDomain(config.default_domain(), domains, problems),
				List.copyOf(problems));
	}

	/** Whether both are for the same authority and account. */
	boolean sameAuthority(Settings other) {
		return Objects.equals(directory, other.directory)
				&& Objects.equals(caFile, other.caFile)
				&& contacts.equals(other.contacts)
				&& Objects.equals(account, other.account);
	}

	private static Set<DomainName> domains(String[] configured, List<Problem> problems) {
		Set<DomainName> domains = new LinkedHashSet<>();
		for (String domain : configured) {
			try {
				if (!domains.add(DomainName.parse(domain))) {
					problems.add(problem("domains[" + domain + "]", "the domain is there twice"));
				}
			} catch (IllegalArgumentException e) {
				problems.add(problem("domains[" + domain + "]", e.getMessage()));
			}
		}
		return domains;
	}

	private static URI directory(String configured, List<Problem> problems) {
		String text = configured.isBlank() ? AcmeConfig.LETS_ENCRYPT : configured.trim();
		while (text.endsWith("/")) {
			text = text.substring(0, text.length() - 1);
		}
		try {
			URI uri = URI.create(text);
			if (uri.getHost() != null && Set.of("https", "http").contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))) {
				return uri;
			}
		} catch (IllegalArgumentException e) {
			// Told below, as any other text that is no such address.
			return noDirectory(configured, problems);
		}
		return noDirectory(configured, problems);
	}

	private static URI noDirectory(String configured, List<Problem> problems) {
		problems.add(problem("directory_url", "'" + configured + "' is not an address like " + AcmeConfig.LETS_ENCRYPT
				+ "; no certificates are ordered"));
		return null;
	}

	private static List<URI> contacts(String[] configured, List<Problem> problems) {
		List<URI> contacts = new ArrayList<>();
		for (String contact : configured) {
			String text = contact.trim();
			try {
				if (!text.isEmpty()) {
					contacts.add(URI.create(text.contains(":") ? text : "mailto:" + mail(text)));
				}
			} catch (IllegalArgumentException e) {
				problems.add(problem("contact", "'" + contact + "' is not a mail address"));
			}
		}
		return contacts;
	}

	private static String mail(String text) {
		if (!text.matches("[^@\\s]+@[^@\\s]+")) {
			throw new IllegalArgumentException(text);
		}
		return text;
	}

	private static KeyType keyType(String configured, List<Problem> problems) {
		return switch (configured.trim().toLowerCase(Locale.ROOT)) {
			case "ecdsa" -> KeyType.ECDSA;
			case "rsa" -> KeyType.RSA;
			default -> {
				problems.add(problem("key_type", "'" + configured + "' is neither ecdsa nor rsa; ecdsa is used"));
				yield KeyType.ECDSA;
			}
		};
	}

	private static String challenge(String configured, List<Problem> problems) {
		String challenge = configured.trim().toLowerCase(Locale.ROOT);
		if (Set.of("auto", "tls-alpn-01", "http-01").contains(challenge)) {
			return challenge;
		}
		problems.add(problem("challenge", "'" + configured + "' is none of auto, tls-alpn-01, http-01; auto is used"));
		return "auto";
	}

	private static Duration renewBefore(int days, List<Problem> problems) {
		if (days < 0) {
			problems.add(problem("renew_before_days", days + " is less than 0; the automatic time is used"));
		}
		return days <= 0 ? null : Duration.ofDays(days);
	}

	private static DomainName defaultDomain(String configured, Set<DomainName> domains, List<Problem> problems) {
		if (configured.isBlank()) {
			return null;
		}
		DomainName domain = new DomainName(configured.trim().toLowerCase(Locale.ROOT));
		if (domains.contains(domain)) {
			return domain;
		}
		problems.add(problem("default_domain", "'" + configured + "' is none of the domains"));
		return null;
	}

	private static Problem problem(String setting, String reason) {
		return new Problem("tls.acme." + setting, reason);
	}
}
