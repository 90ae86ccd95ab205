package proxy.discovery.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which container the gateway is in. */
final class OwnContainer {

	/**
	 * Engines mount a file over {@code /etc/hostname} and its like whose path names the container; the container's host
	 * name may be anything. Of containers that share a network, that is the one whose network it is.
	 */
	private static final Pattern MOUNT = Pattern.compile(
			"\\S+ \\S+ \\S+ \\S*/(?:overlay-)?containers/([0-9a-f]{64})/\\S* /etc/(?:hostname|hosts|resolv\\.conf) .*");

	private OwnContainer() {}

	/** @return null when it is in none */
	static String id() {
		try {
			return id(Files.readAllLines(Path.of("/proc/self/mountinfo"), StandardCharsets.ISO_8859_1));
		} catch (IOException e) {
			return null;
		}
	}

	static String id(List<String> mountinfo) {
		for (String mount : mountinfo) {
			Matcher matcher = MOUNT.matcher(mount);
			if (matcher.matches()) {
				return matcher.group(1);
			}
		}
		return null;
	}
}
