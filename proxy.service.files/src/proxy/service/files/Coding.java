package proxy.service.files;

/** How a file's content may be coded (RFC 9110 section 8.4.1, RFC 8878, RFC 7932). */
enum Coding {
	IDENTITY("identity", ""),
	GZIP("gzip", ".gz"),
	ZSTD("zstd", ".zst"),
	BROTLI("br", ".br");

	private final String token;
	private final String suffix;

	Coding(String token, String suffix) {
		this.token = token;
		this.suffix = suffix;
	}

	/** Its name in fields; null is answered for a name that is none of them. */
	static Coding of(String token) {
		for (Coding coding : values()) {
			if (coding.token.equalsIgnoreCase(token)) {
				return coding;
			}
		}
		return token.equalsIgnoreCase("x-gzip") ? GZIP : null;
	}

	String token() {
		return token;
	}

	/** What is behind the name of a file that is coded so. */
	String suffix() {
		return suffix;
	}
}
