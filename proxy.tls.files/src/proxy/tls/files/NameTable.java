package proxy.tls.files;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import proxy.api.tls.TlsIdentity;
import proxy.pem.CertificateNames;

/**
 * Which certificate is for which server name. Exact names win over wildcards, and a wildcard stands for exactly one
 * label (RFC 9525 section 6.3). Of two certificates for one name the one that is valid longer wins.
 */
final class NameTable {

	private final Map<String, TlsIdentity> exact = new HashMap<>();
	/** By what follows the asterisk, with its dot: {@code .example.com}. */
	private final Map<String, TlsIdentity> wildcards = new HashMap<>();

	/**
	 * @param identities in order of preference among equals
	 * @param fallback the default certificate, which counts for its exact names only and after all others; or null
	 */
	NameTable(Collection<TlsIdentity> identities, TlsIdentity fallback) {
		for (TlsIdentity identity : identities) {
			for (String name : CertificateNames.of(identity.leaf())) {
				if (name.startsWith("*.")) {
					wildcards.merge(name.substring(1), identity, NameTable::longerValid);
				} else if (name.indexOf('*') < 0) {
					exact.merge(name, identity, NameTable::longerValid);
				}
			}
		}
		if (fallback != null) {
			for (String name : CertificateNames.of(fallback.leaf())) {
				if (name.indexOf('*') < 0 && find(name) == null) {
					exact.put(name, fallback);
				}
			}
		}
	}

	/** @return null when there is none */
	TlsIdentity find(String serverName) {
		TlsIdentity identity = exact.get(serverName);
		if (identity != null) {
			return identity;
		}
		int dot = serverName.indexOf('.');
		return dot > 0 ? wildcards.get(serverName.substring(dot)) : null;
	}

	private static TlsIdentity longerValid(TlsIdentity first, TlsIdentity second) {
		return second.leaf().getNotAfter().after(first.leaf().getNotAfter()) ? second : first;
	}
}
