package proxy.upstream.http;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An IP address as text: without zone, IPv6 in its one recommended form (RFC 5952). */
final class AddressText {

	private static final Pattern ZEROS = Pattern.compile("(?<![0-9a-f])0(:0)+(?![0-9a-f])");

	private AddressText() {}

	static String of(InetAddress address) {
		String text = address.getHostAddress().replaceFirst("%.*", "");
		int start = 0;
		int end = 0;
		for (Matcher zeros = ZEROS.matcher(text); zeros.find(); ) {
			if (zeros.end() - zeros.start() > end - start) {
				start = zeros.start();
				end = zeros.end();
			}
		}
		if (end == 0) {
			return text;
		}
		return text.substring(0, start).replaceFirst(":$", "") + "::" + text.substring(end).replaceFirst("^:", "");
	}
}
