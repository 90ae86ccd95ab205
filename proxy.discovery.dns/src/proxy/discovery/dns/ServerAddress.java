package proxy.discovery.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a name server as text, which is never a name. */
final class ServerAddress {

	private static final int DNS_PORT = 53;
	private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+|\\[[^\\]]+\\]):([0-9]{1,5})");
	private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[0-9A-Za-z]+)?\\]?");

	private ServerAddress() {}

	/** @return null when it is no address */
	static InetSocketAddress parse(String text) {
		Matcher withPort = WITH_PORT.matcher(text.strip());
		String host = withPort.matches() ? withPort.group(1) : text.strip();
		int port = withPort.matches() ? Integer.parseInt(withPort.group(2)) : DNS_PORT;
		InetAddress address = literal(host);
		return address == null || port == 0 || port > 65_535 ? null : new InetSocketAddress(address, port);
	}

	/** @return null when it is no address */
	static InetAddress literal(String host) {
		if (!LITERAL.matcher(host).matches()) {
			return null;
		}
		try {
			return InetAddress.getByName(host);
		} catch (UnknownHostException noAddress) {
			return null;
		}
	}
}
