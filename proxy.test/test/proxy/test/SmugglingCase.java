package proxy.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import proxy.fixtures.Octets;

/**
 * An ambiguous or hostile request of {@code smuggling.txt}, which says what its lines mean.
 *
 * @param upstream the most requests that may reach the upstream
 * @param keeps what the upstream must see of it if it sees anything, or null
 * @param never what the upstream must never see of it, or null
 */
record SmugglingCase(
		String id,
		boolean http2,
		boolean must,
		Expected expected,
		int upstream,
		String why,
		boolean legit,
		boolean halfClose,
		String keeps,
		String never,
		byte[] octets) {

	enum Expected {
		REJECT,
		FORWARD,
		EITHER
	}

	static List<SmugglingCase> all() {
		try (InputStream file = SmugglingCase.class.getResourceAsStream("smuggling.txt")) {
			String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
			return Stream.of(text.split("\n\n"))
					.filter(block -> block.startsWith("case "))
					.map(block -> parse(List.of(block.split("\n"))))
					.toList();
		} catch (IOException e) {
			throw new AssertionError(e);
		}
	}

	private static SmugglingCase parse(List<String> lines) {
		String[] head = lines.get(0).split(" ");
		ByteArrayOutputStream octets = new ByteArrayOutputStream();
		lines.forEach(line -> {
			if (line.startsWith("| ")) {
				octets.writeBytes(unescaped(line.substring(2)));
			} else if (line.matches("[0-9]+ x .*")) {
				int x = line.indexOf(" x ");
				byte[] unit = unescaped(line.substring(x + 3));
				for (int i = Integer.parseInt(line.substring(0, x)); i > 0; i--) {
					octets.writeBytes(unit);
				}
			}
		});
		return new SmugglingCase(
				head[1],
				head[3].equals("h2"),
				head[4].equals("must"),
				Expected.valueOf(head[5].toUpperCase(Locale.ROOT)),
				Integer.parseInt(head[6]),
				value(lines, "why "),
				lines.contains("legit"),
				lines.contains("half-close"),
				value(lines, "keeps "),
				value(lines, "never "),
				octets.toByteArray());
	}

	private static String value(List<String> lines, String word) {
		return lines.stream().filter(line -> line.startsWith(word)).map(line -> line.substring(word.length())).findFirst().orElse(null);
	}

	private static byte[] unescaped(String text) {
		StringBuilder octets = new StringBuilder();
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c != '\\') {
				octets.append(c);
				continue;
			}
			c = text.charAt(++i);
			switch (c) {
				case 'r' -> octets.append('\r');
				case 'n' -> octets.append('\n');
				case 't' -> octets.append('\t');
				case 'x' -> {
					octets.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
					i += 2;
				}
				default -> octets.append(c);
			}
		}
		return Octets.of(octets.toString());
	}

	/** The test's name. */
	@Override
	public String toString() {
		return id + ": " + why;
	}
}
