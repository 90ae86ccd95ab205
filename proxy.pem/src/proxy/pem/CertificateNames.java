package proxy.pem;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The names that a certificate is for: its subject alternative names for hosts and addresses. */
public final class CertificateNames {

	private static final int DNS = 2;
	private static final int ADDRESS = 7;

	private CertificateNames() {}

	/** Lower case, without trailing dots, in the certificate's order; wildcards as they are. */
	public static List<String> of(X509Certificate certificate) {
		Collection<List<?>> alternatives;
		try {
			alternatives = certificate.getSubjectAlternativeNames();
		} catch (CertificateParsingException e) {
			return List.of();
		}
		List<String> names = new ArrayList<>();
		for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
			int type = (Integer) alternative.get(0);
			if (type == DNS || type == ADDRESS) {
				String name = ((String) alternative.get(1)).toLowerCase(Locale.ROOT);
				names.add(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
			}
		}
		return names;
	}
}
