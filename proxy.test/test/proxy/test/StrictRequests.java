package proxy.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads octets as an upstream of the strictest kind would (RFC 9112), and notes everything that two upstreams could read
 * differently.
 */
final class StrictRequests {

	private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
	private static final Pattern LINE = Pattern.compile("(" + TOKEN + ") ([^ ]+) HTTP/1\\.([01])");
	private static final Pattern FIELD = Pattern.compile("(" + TOKEN + "):[ \t]*(.*?)[ \t]*", Pattern.DOTALL);
	private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._~%!$&'()*+,;=-]*|\\[[0-9A-Fa-f:.]+])(:[0-9]*)?");
	private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})[ \t]*(;[^\r\n]*)?");

	private final String octets;
	private final List<Seen> requests = new ArrayList<>();
	private final TreeSet<String> oddities = new TreeSet<>();
	private int at;
	private boolean lost;

	/**
	 * @param complete whether all of it has come
	 * @param expectsContinue whether it waits for a 100
	 */
	record Seen(String method, String target, boolean complete, boolean expectsContinue) {}

	StrictRequests(String octets) {
		this.octets = octets;
		while (!lost && at < octets.length() && request()) {
			continue;
		}
	}

	List<Seen> requests() {
		return requests;
	}

	List<Seen> complete() {
		return requests.stream().filter(Seen::complete).toList();
	}

	/** What is ambiguous or wrong. */
	TreeSet<String> oddities() {
		return oddities;
	}

	/** @return false when more has to come */
	private boolean request() {
		int end = octets.indexOf("\r\n\r\n", at);
		String head = octets.substring(at, end < 0 ? octets.length() : end);
		note(head.indexOf('\0') >= 0, "NUL");
		note(head.replace("\r\n", "").indexOf('\n') >= 0, "LF without CR");
		note(head.replace("\r\n", "").replaceFirst("\r$", "").indexOf('\r') >= 0, "CR without LF");
		if (end < 0) {
			return false;
		}
		String[] lines = head.split("\r\n", -1);
		Matcher line = LINE.matcher(lines[0]);
		if (!line.matches()) {
			oddities.add("request line '" + lines[0] + "'");
			lost = true;
			return false;
		}
		List<String> hosts = new ArrayList<>();
		List<String> lengths = new ArrayList<>();
		List<String> codings = new ArrayList<>();
		boolean expects = false;
		for (int i = 1; i < lines.length; i++) {
			Matcher field = FIELD.matcher(lines[i]);
			if (!field.matches()) {
				oddities.add("field line '" + lines[i] + "'");
				continue;
			}
			switch (field.group(1).toLowerCase(Locale.ROOT)) {
				case "host" -> hosts.add(field.group(2));
				case "content-length" -> lengths.add(field.group(2));
				case "transfer-encoding" -> codings.add(field.group(2));
				case "expect" -> expects = true;
				default -> {}
			}
		}
		note(hosts.size() != 1 && line.group(3).equals("1"), hosts.size() + " Host fields");
		hosts.forEach(host -> note(!HOST.matcher(host).matches(), "Host '" + host + "'"));
		note(lengths.size() + codings.size() > 1, lengths.size() + " Content-Length, " + codings.size() + " Transfer-Encoding");
		note(!codings.isEmpty() && line.group(3).equals("0"), "Transfer-Encoding in HTTP/1.0");
		at = end + 4;
		boolean complete = codings.isEmpty() ? length(lengths) : chunked(codings);
		requests.add(new Seen(line.group(1), line.group(2), complete, expects));
		return complete;
	}

	private boolean length(List<String> lengths) {
		if (lengths.isEmpty()) {
			return true;
		}
		if (!lengths.get(0).matches("[0-9]{1,9}")) {
			oddities.add("Content-Length '" + lengths.get(0) + "'");
			return true;
		}
		int length = Integer.parseInt(lengths.get(0));
		if (octets.length() - at < length) {
			return false;
		}
		at += length;
		return true;
	}

	private boolean chunked(List<String> codings) {
		note(!codings.get(codings.size() - 1).equalsIgnoreCase("chunked"), "Transfer-Encoding " + codings);
		while (true) {
			String line = line();
			if (line == null) {
				return false;
			}
			Matcher chunk = CHUNK.matcher(line);
			if (!chunk.matches()) {
				oddities.add("chunk size '" + line + "'");
				lost = true;
				return false;
			}
			int size = Integer.parseInt(chunk.group(1), 16);
			if (size == 0) {
				return trailers();
			}
			if (octets.length() - at < size + 2) {
				return false;
			}
			at += size;
			note(!octets.startsWith("\r\n", at), "chunk longer than its size");
			at += 2;
		}
	}

	private boolean trailers() {
		for (String line = line(); line != null; line = line()) {
			if (line.isEmpty()) {
				return true;
			}
			note(!FIELD.matcher(line).matches(), "trailer '" + line + "'");
			note(line.matches("(?i)(content-length|transfer-encoding|host):.*"), "trailer '" + line + "'");
		}
		return false;
	}

	private String line() {
		int end = octets.indexOf('\n', at);
		if (end < 0) {
			return null;
		}
		String line = octets.substring(at, end);
		note(!line.endsWith("\r"), "LF without CR");
		line = line.replaceFirst("\r$", "");
		note(line.indexOf('\r') >= 0 || line.indexOf('\0') >= 0, "control octet in '" + line + "'");
		at = end + 1;
		return line;
	}

	private void note(boolean odd, String what) {
		if (odd) {
			oddities.add(what.length() > 80 ? what.substring(0, 80) : what);
		}
	}
}
