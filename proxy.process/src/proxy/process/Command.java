package proxy.process;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What to run, checked.
 *
 * @param directory where, or null for the gateway's own
 * @param ready who accepts connections when it is ready, unresolved, or null
 */
record Command(
		List<String> words,
		File directory,
		Map<String, String> environment,
		InetSocketAddress ready,
		long readyMillis,
		long stopMillis) {

	/** Not for others. */
	private static final String SECRET = "GATEHOUSE_CONSOLE_PASSWORD";

	/** @param startedIn the directory that the gateway was started in, or null */
	static Command of(ChildConfig config, String startedIn) {
		String directory = config.directory().isBlank() ? startedIn : config.directory();
		return new Command(
				words(config.command()),
				directory == null ? null : new File(directory),
				environment(config.environment()),
				address(config.ready_address().strip()),
				config.ready_timeout_ms(),
				config.stop_timeout_ms());
	}

	private static List<String> words(String[] command) {
		if (command.length == 0 || command[0].isBlank()) {
			throw new WrongSettingException("command", "names no program, such as [/usr/bin/app, --port, \"3000\"]");
		}
		return List.of(command);
	}

	private static Map<String, String> environment(String[] entries) {
		Map<String, String> variables = new LinkedHashMap<>();
		for (String entry : entries) {
			int equals = entry.indexOf('=');
			if (equals <= 0) {
				throw new WrongSettingException("environment", "'" + entry + "' is not NAME=value");
			}
			if (entry.indexOf('\0') >= 0) {
				throw new WrongSettingException("environment", "'" + entry.replace('\0', ' ') + "' has a NUL character in it");
			}
			variables.put(entry.substring(0, equals), entry.substring(equals + 1));
		}
		return variables;
	}

	private static InetSocketAddress address(String text) {
		if (text.isEmpty()) {
			return null;
		}
		int colon = text.lastIndexOf(':');
		try {
			String host = text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
			return InetSocketAddress.createUnresolved(host, Integer.parseInt(text.substring(colon + 1)));
		} catch (RuntimeException wrong) {
			throw new WrongSettingException("ready_address", "'" + text + "' is not an address such as 127.0.0.1:3000");
		}
	}

	/** As it is configured: {@code 127.0.0.1:3000}, {@code [::1]:3000}. */
	String readyText() {
		String host = ready.getHostString();
		return (host.contains(":") ? "[" + host + "]" : host) + ":" + ready.getPort();
	}

	/** Whether both run the same thing in the same way, so that a change needs no other process. */
	boolean runsAs(Command other) {
		return words.equals(other.words)
				&& Objects.equals(directory, other.directory)
				&& environment.equals(other.environment);
	}

	Process start() throws IOException {
		ProcessBuilder builder = new ProcessBuilder(words).directory(directory);
		builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
		builder.environment().remove(SECRET);
		builder.environment().putAll(environment);
		return builder.start();
	}
}
