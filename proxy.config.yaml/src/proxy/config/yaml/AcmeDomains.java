package proxy.config.yaml;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import proxy.config.yaml.Value.Field;
import proxy.config.yaml.Value.Fields;
import proxy.config.yaml.Value.Items;
import proxy.config.yaml.Value.Scalar;

/** Checks the names that certificates are to be ordered for. */
final class AcmeDomains {

	private final Findings findings;

	AcmeDomains(Findings findings) {
		this.findings = findings;
	}

	void check(Fields acme, String path) {
		Field field = acme.fields().get("domains");
		if (field == null || field.value() instanceof Value.Nothing) {
			findings.missing(field == null ? acme.at() : field.at(), path + ".domains", "the names to order certificates for, such as [example.com]");
		} else if (field.value() instanceof Items list) {
			Set<String> seen = new HashSet<>();
			int index = 0;
			for (Value item : list.items()) {
				if (item instanceof Scalar scalar) {
					domain(scalar, path + ".domains[" + index + "]", seen);
				}
				index++;
			}
		}
	}

	private void domain(Scalar scalar, String path, Set<String> seen) {
		String domain = scalar.text();
		String reason = null;
		if (domain.contains("*")) {
			reason = "a certificate for the wildcard '" + domain + "' cannot be ordered without DNS access; name each host";
		} else if (domain.contains("://") || domain.contains("/") || domain.matches(".*:[0-9]+")) {
			reason = "'" + domain + "' is not a name; write the host name only";
		} else if (domain.chars().anyMatch(c -> c > 0x7E)) {
			reason = "'" + domain + "' is not ASCII; write the name in its xn-- form";
		} else if (!domain.equals(domain.toLowerCase(Locale.ROOT))) {
			reason = "'" + domain + "' must be lower case, did you mean '" + domain.toLowerCase(Locale.ROOT) + "'?";
		} else if (domain.isBlank() || domain.startsWith(".") || domain.endsWith(".") || domain.contains("..") || domain.contains(" ")) {
			reason = "'" + domain + "' is not a host name";
		} else if (!seen.add(domain)) {
			reason = "duplicate domain '" + domain + "'";
		}
		if (reason != null) {
			findings.error(scalar.at(), path, reason);
		}
	}
}
