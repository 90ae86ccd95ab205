package proxy.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who listens at a port, as Linux tells: proc(5), {@code /proc/PID/net/tcp} and {@code /proc/PID/fd}. */
final class Listening {

	private static final Path PROCESSES = Path.of("/proc");
	private static final String LISTEN = "0A";
	private static final int LOCAL_ADDRESS = 1;
	private static final int STATE = 3;
	private static final int INODE = 9;

	private Listening() {}

	/**
	 * Whether a process or one of those that it has started listens at a port, at whatever address.
	 *
	 * @throws IOException when that cannot be found out: it is not Linux, or a process belongs to another user
	 */
	static boolean isBy(ProcessHandle process, int port) throws IOException {
		return isAmong(process, sockets(process.pid(), port));
	}

	/** Whether others listen at a port, in the network that a process is in, and neither it nor one that it has started does. */
	static boolean isByOthers(ProcessHandle process, int port) throws IOException {
		Set<String> sockets = sockets(process.pid(), port);
		return !sockets.isEmpty() && !isAmong(process, sockets);
	}

	private static boolean isAmong(ProcessHandle process, Set<String> sockets) throws IOException {
		for (ProcessHandle each : Stream.concat(Stream.of(process), process.descendants()).toList()) {
			if (holds(each.pid(), sockets)) {
				return true;
			}
		}
		return false;
	}

	/** As the links of open files name them, seen from the network that the process is in. */
	private static Set<String> sockets(long pid, int port) throws IOException {
		String end = String.format(":%04X", port);
		Set<String> sockets = new HashSet<>();
		for (String table : List.of("tcp", "tcp6")) {
			for (String line : Files.readAllLines(PROCESSES.resolve(pid + "/net/" + table))) {
				String[] words = line.strip().split("\\s+");
				if (words.length > INODE && words[LOCAL_ADDRESS].endsWith(end) && words[STATE].equals(LISTEN)) {
					sockets.add("socket:[" + words[INODE] + "]");
				}
			}
		}
		return sockets;
	}

	private static boolean holds(long pid, Set<String> sockets) throws IOException {
		try (Stream<Path> open = Files.list(PROCESSES.resolve(pid + "/fd"))) {
			for (Path file : open.toList()) {
				if (sockets.contains(target(file))) {
					return true;
				}
			}
			return false;
		} catch (NoSuchFileException ended) {
			return false;
		}
	}

	private static String target(Path file) throws IOException {
		try {
			return Files.readSymbolicLink(file).toString();
		} catch (NoSuchFileException | NotLinkException closed) {
			return "";
		}
	}
}
