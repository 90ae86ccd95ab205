package proxy.bench;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Request heads as clients send them. No two are the same octets, so that the processor cannot learn one by heart. */
public enum Head {

	/** A program's: three fields. */
	SMALL {
		@Override
		String fields(Random random) {
			return "User-Agent: curl/8." + random.nextInt(10) + ".1\r\n"
					+ "Accept: */*\r\n";
		}
	},

	/** A browser's navigation: 17 fields. */
	BROWSER {
		@Override
		String fields(Random random) {
			return browser(random, "document", "navigate")
					+ "Upgrade-Insecure-Requests: 1\r\n"
					+ "Sec-Fetch-User: ?1\r\n"
					+ "If-None-Match: \"" + word(random, 27) + "\"\r\n";
		}
	},

	/** A browser's script sending JSON: 18 fields. */
	POST {
		@Override
		String fields(Random random) {
			return browser(random, "empty", "cors")
					+ "Origin: https://www.example.com\r\n"
					+ "Content-Type: application/json\r\n"
					+ "X-Request-Id: " + word(random, 36) + "\r\n"
					+ "Content-Length: " + (1 + random.nextInt(5_000)) + "\r\n";
		}

		@Override
		String method() {
			return "POST";
		}
	};

	/** The fields behind Host. */
	abstract String fields(Random random);

	String method() {
		return "GET";
	}

	/** @return a whole head and nothing behind it */
	public byte[] octets(String host, String target, Random random) {
		return octets(host, target, "", random);
	}

	/** @param more field lines at the end, each with its CRLF */
	public byte[] octets(String host, String target, String more, Random random) {
		String head = method() + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields(random) + more + "\r\n";
		return head.getBytes(StandardCharsets.US_ASCII);
	}

	private static String browser(Random random, String destination, String mode) {
		int version = 120 + random.nextInt(20);
		return "Connection: keep-alive\r\n"
				+ "Cache-Control: max-age=0\r\n"
				+ "sec-ch-ua: \"Chromium\";v=\"" + version + "\", \"Not A(Brand\";v=\"24\"\r\n"
				+ "sec-ch-ua-mobile: ?0\r\n"
				+ "sec-ch-ua-platform: \"" + (random.nextBoolean() ? "Linux" : "Windows") + "\"\r\n"
				+ "User-Agent: Mozilla/5.0 (" + (random.nextBoolean() ? "X11; Linux x86_64" : "Windows NT 10.0; Win64; x64")
				+ ") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" + version + ".0.0.0 Safari/537.36\r\n"
				+ "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n"
				+ "Sec-Fetch-Site: same-origin\r\n"
				+ "Sec-Fetch-Mode: " + mode + "\r\n"
				+ "Sec-Fetch-Dest: " + destination + "\r\n"
				+ "Referer: https://www.example.com/" + word(random, 5 + random.nextInt(30)) + "\r\n"
				+ "Accept-Encoding: gzip, deflate, br, zstd\r\n"
				+ "Cookie: session=" + word(random, 24 + random.nextInt(80)) + "; theme=dark\r\n";
	}

	private static String word(Random random, int length) {
		StringBuilder word = new StringBuilder(length);
		while (word.length() < length) {
			word.append(Character.forDigit(random.nextInt(36), 36));
		}
		return word.toString();
	}
}
