package proxy.service.files;

import java.util.List;

/** Which coding a client likes best (RFC 9110 section 12.5.3). */
final class AcceptEncoding {

	private AcceptEncoding() {}

	/**
	 * @param field all its values, "" when it is absent
	 * @param offered the gateway's own order of preference; identity is taken when nothing is acceptable
	 */
	static Coding choose(String field, List<Coding> offered) {
		if (field.isEmpty() || offered.size() == 1) {
			return Coding.IDENTITY;
		}
		String[] elements = field.split(",");
		Coding best = Coding.IDENTITY;
		int bestQuality = 0;
		for (Coding coding : offered) {
			int quality = quality(coding, elements);
			if (quality > bestQuality) {
				best = coding;
				bestQuality = quality;
			}
		}
		return best;
	}

	/** In thousandths; 0 when the coding is not acceptable. */
	private static int quality(Coding coding, String[] elements) {
		int any = coding == Coding.IDENTITY ? 1 : 0;
		for (String element : elements) {
			int semicolon = element.indexOf(';');
			String token = (semicolon < 0 ? element : element.substring(0, semicolon)).strip();
			if (Coding.of(token) == coding) {
				return thousandths(element, semicolon);
			}
			if (token.equals("*")) {
				int quality = thousandths(element, semicolon);
				// what "*" says is of codings that are not listed; being plain is the last resort of all that are acceptable
				any = coding == Coding.IDENTITY ? Math.min(quality, 1) : quality;
			}
		}
		return any;
	}

	private static int thousandths(String element, int semicolon) {
		int equals = semicolon < 0 ? -1 : element.indexOf('=', semicolon);
		if (equals < 0) {
			return 1000;
		}
		try {
			double weight = Double.parseDouble(element.substring(equals + 1).strip());
			return (int) Math.round(Math.max(0, Math.min(1, weight)) * 1000);
		} catch (NumberFormatException malformed) {
			return 0;
		}
	}
}
