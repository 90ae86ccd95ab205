package proxy.discovery.docker;

/** Port numbers as text. */
final class Ports {

	private Ports() {}

	/** @return 0 when it is not a port number */
	static int parse(String text) {
		if (!text.matches("[0-9]{1,5}")) {
			return 0;
		}
		int port = Integer.parseInt(text);
		return port <= 65535 ? port : 0;
	}
}
