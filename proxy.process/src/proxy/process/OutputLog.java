package proxy.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;

/** Logs what the child process says, line by line, on a thread of its own, so that it never has to wait for a reader. */
final class OutputLog implements Runnable {

	/** Characters; what is longer is logged in pieces. */
	private static final int LONGEST = 8_192;

	private final Logger log;
	private final String stream;
	private final InputStream input;
	private final StringBuilder line = new StringBuilder();

	private OutputLog(Logger log, String stream, InputStream input) {
		this.log = log;
		this.stream = stream;
		this.input = input;
	}

	static void follow(Logger log, Process process) {
		start(new OutputLog(log, "stdout", process.getInputStream()));
		start(new OutputLog(log, "stderr", process.getErrorStream()));
	}

	private static void start(OutputLog output) {
		Thread thread = new Thread(output, "gatehouse-child-" + output.stream);
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void run() {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
			for (int next = reader.read(); next >= 0; next = reader.read()) {
				if (next == '\n') {
					tell();
				} else {
					line.append((char) next);
					if (line.length() >= LONGEST) {
						tell();
					}
				}
			}
		} catch (IOException ended) {
			log.debug("the child process's {} has ended", stream, ended);
		}
		tell();
	}

	private void tell() {
		int end = line.length();
		while (end > 0 && line.charAt(end - 1) == '\r') {
			end--;
		}
		if (end > 0) {
			log.atInfo().addKeyValue("stream", stream).log(line.substring(0, end));
		}
		line.setLength(0);
	}
}
