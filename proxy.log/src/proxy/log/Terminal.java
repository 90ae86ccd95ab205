package proxy.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether stderr is a terminal. The JDK tells it of stdin and stdout only. */
final class Terminal {

	private Terminal() {}

	/** @param told what the launcher found out ({@code gatehouse.tty}), or null */
	static boolean isStderr(String told) {
		return told != null ? Boolean.parseBoolean(told) : isTerminal(Path.of("/proc/self/fd/2"));
	}

	private static boolean isTerminal(Path descriptor) {
		try {
			String device = Files.readSymbolicLink(descriptor).toString();
			return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
		} catch (IOException | UnsupportedOperationException unknown) {
			return false;
		}
	}
}
