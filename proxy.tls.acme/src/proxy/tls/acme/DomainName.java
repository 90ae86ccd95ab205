package proxy.tls.acme;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.shredzone.acme4j.Identifier;

/**
 * A name that a certificate is wanted for.
 *
 * @param text a host name in lower case in its ASCII form, or an IP address
 */
record DomainName(String text) {

	private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?");
	private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-f.]*:[0-9a-f:.]*");

	/** @throws IllegalArgumentException with the reason, when no certificate can be had for it */
	static DomainName parse(String configured) {
		String text = configured.trim();
		if (text.contains("*")) {
			throw new IllegalArgumentException("a wildcard needs the challenge dns-01, which Gatehouse does not do: name the hosts"
					+ " one by one, or put the wildcard certificate into the folder of tls.files");
		}
		try {
			text = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
		} catch (IllegalArgumentException e) {
			throw new IllegalArgumentException("'" + configured + "' is not a host name", e);
		}
		if (text.endsWith(".")) {
			text = text.substring(0, text.length() - 1);
		}
		if (ADDRESS.matcher(text).matches()) {
			return new DomainName(address(text).getHostAddress());
		}
		for (String label : text.split("\\.", -1)) {
			if (!LABEL.matcher(label).matches() || text.length() > 253) {
				throw new IllegalArgumentException(
						"'" + configured + "' is not a host name (only the name: no scheme, port, path or space)");
			}
		}
		return new DomainName(text);
	}

	Identifier identifier() {
		return isAddress() ? Identifier.ip(address(text)) : Identifier.dns(text);
	}

	/** The server name of the handshake that validates it: an address is asked for by its reverse name (RFC 8738 section 6). */
	String challengeName() {
		if (!isAddress()) {
			return text;
		}
		byte[] octets = address(text).getAddress();
		StringBuilder name = new StringBuilder();
		for (int i = octets.length - 1; i >= 0; i--) {
			if (octets.length == 4) {
				name.append(octets[i] & 0xFF).append('.');
			} else {
				name.append(String.format("%x.%x.", octets[i] & 0xF, octets[i] >> 4 & 0xF));
			}
		}
		return name.append(octets.length == 4 ? "in-addr.arpa" : "ip6.arpa").toString();
	}

	private boolean isAddress() {
		return ADDRESS.matcher(text).matches();
	}

	private static InetAddress address(String text) {
		try {
			return InetAddress.getByName(text);
		} catch (UnknownHostException e) {
			throw new IllegalArgumentException("'" + text + "' is not an IP address", e);
		}
	}

	@Override
	public String toString() {
		return text;
	}
}
