package proxy.config.yaml;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a URL that names a host.
 *
 * @param scheme lower case, "" when there is none
 * @param host an IPv6 literal keeps its brackets
 * @param port -1 when there is none
 * @param rest path and query, "" when there are none
 */
record NetAddress(String scheme, boolean user, String host, int port, String rest) {

	private static final Pattern URL = Pattern.compile(
			"(?:([A-Za-z][A-Za-z0-9+.-]*)://)?+(?:([^@/?#\\[\\]]*)@)?(\\[[^\\]]*\\]|[^:/?#\\[\\]@]*)(?::([^/?#]*))?([/?#].*)?");
	private static final Pattern DIGIT_OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");

	/** @throws IllegalArgumentException with the reason */
	static NetAddress parse(String url) {
		Matcher matcher = URL.matcher(url);
		if (url.isBlank() || !matcher.matches() || url.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
			throw new IllegalArgumentException("'" + url + "' is not a URL");
		}
		String scheme = matcher.group(1) == null ? "" : matcher.group(1).toLowerCase(Locale.ROOT);
		String rest = matcher.group(5) == null ? "" : matcher.group(5);
		return new NetAddress(scheme, matcher.group(2) != null, matcher.group(3), port(matcher.group(4)), rest);
	}

	private static int port(String text) {
		if (text == null) {
			return -1;
		}
		if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9') || Integer.parseInt(text) > 65535) {
			throw new IllegalArgumentException("port '" + text + "' is not a number from 0 to 65535");
		}
		return Integer.parseInt(text);
	}

	boolean hasIpLiteral() {
		return isIpv4() || isIpv6();
	}

	boolean isIpv6() {
		if (!host.startsWith("[") || !host.chars().allMatch(c -> "[]:.%".indexOf(c) >= 0 || Character.digit(c, 36) >= 0)) {
			return false;
		}
		try {
			return InetAddress.getByName(host.replaceFirst("%.*]", "]")) != null;
		} catch (UnknownHostException e) {
			return false;
		}
	}

	private boolean isIpv4() {
		String[] octets = host.split("\\.", -1);
		if (octets.length != 4) {
			return false;
		}
		for (String octet : octets) {
			if (!DIGIT_OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
				return false;
			}
		}
		return true;
	}

	/** Whether it stands for all addresses of the machine. */
	boolean isWildcard() {
		return host.equals("0.0.0.0") || host.equals("[::]") || isIpv6() && host.replaceAll("[\\[\\]:0]", "").isEmpty();
	}
}
