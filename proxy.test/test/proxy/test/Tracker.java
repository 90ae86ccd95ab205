package proxy.test;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import proxy.fixtures.LogLines;
import proxy.fixtures.Programs;

/** A real BitTorrent tracker, {@code bittorrent-tracker} for Node.js, with its own client. */
final class Tracker implements AutoCloseable {

	private static final List<String> FILES =
			List.of("package.json", "no-webrtc/package.json", "no-webrtc/index.js", "tracker.mjs", "client.mjs");

	private final Process process;
	private final LogLines log;

	private Tracker(Process process) {
		this.process = process;
		log = new LogLines(process);
	}

	static Tracker start() throws Exception {
		return new Tracker(node("tracker.mjs", List.of(), Map.of()));
	}

	int port() {
		return Integer.parseInt(log.await("port ").substring("port ".length()));
	}

	/** Who announced what, so far. */
	LogLines log() {
		return log;
	}

	/** Has the tracker's own client announce, scrape and stop, and returns what it was told. */
	static List<String> announce(String url, String infoHash, String peerId, int port, Map<String, String> environment)
			throws Exception {
		Process client = node("client.mjs", List.of(url, infoHash, peerId, String.valueOf(port)), environment);
		try {
			LogLines said = new LogLines(client);
			if (!client.waitFor(30, TimeUnit.SECONDS) || client.exitValue() != 0) {
				throw new AssertionError("the client failed at " + url + ":\n" + said);
			}
			said.awaitEnd();
			return said.lines();
		} finally {
			client.destroyForcibly();
		}
	}

	private static Process node(String script, List<String> arguments, Map<String, String> environment) throws Exception {
		List<String> command = new ArrayList<>(List.of("node", script));
		command.addAll(arguments);
		ProcessBuilder builder = new ProcessBuilder(command).directory(installed().toFile()).redirectErrorStream(true);
		builder.environment().putAll(environment);
		return builder.start();
	}

	/** The folder that npm has installed the package in, now or in an earlier run of the same files. */
	private static synchronized Path installed() throws Exception {
		Programs.require("node", "npm");
		Path folder = Path.of(System.getProperty("gatehouse.root", "."), "proxy.test/generated/npm");
		boolean same = Files.isDirectory(folder.resolve("node_modules/bittorrent-tracker"));
		for (String name : FILES) {
			try (InputStream resource = Tracker.class.getResourceAsStream("tracker/" + name)) {
				byte[] content = resource.readAllBytes();
				Path file = folder.resolve(name);
				same &= Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content);
				Files.createDirectories(file.getParent());
				Files.write(file, content);
			}
		}
		if (!same) {
			Path output = folder.resolve("npm.log");
			Process npm = new ProcessBuilder("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock")
					.directory(folder.toFile())
					.redirectErrorStream(true)
					.redirectOutput(output.toFile())
					.start();
			if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
				npm.destroyForcibly();
				Files.delete(folder.resolve(FILES.get(0)));
				throw new AssertionError("npm install failed:\n" + Files.readString(output));
			}
		}
		return folder;
	}

	@Override
	public void close() {
		process.destroyForcibly();
	}
}
