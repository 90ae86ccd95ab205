package proxy.geoip;

import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import java.util.Locale;
import java.util.Map;
import proxy.api.rule.FactProvider.ClientFacts;

/**
 * What a database holds of a network, in any of the layouts there are: flat with {@code asn: "AS123"} and
 * {@code country: "FR"} (or {@code country_code} beside a country's name), or MaxMind's with
 * {@code country: {iso_code: "FR"}} and {@code autonomous_system_number: 123}. Public for the library, which makes it.
 *
 * @param country a text or a map
 * @param asn a text or a number
 */
public record Content(Object country, String countryCode, Object asn, Object number) {

	private static final long MAX_ASN = 0xFFFF_FFFFL;

	@MaxMindDbConstructor
	public Content(
			@MaxMindDbParameter(name = "country") Object country,
			@MaxMindDbParameter(name = "country_code") String countryCode,
			@MaxMindDbParameter(name = "asn") Object asn,
			@MaxMindDbParameter(name = "autonomous_system_number") Object number) {
		this.country = country;
		this.countryCode = countryCode;
		this.asn = asn;
		this.number = number;
	}

	ClientFacts facts() {
		return new ClientFacts(asn(number == null ? asn : number), code(code()));
	}

	private Object code() {
		if (countryCode != null) {
			return countryCode;
		}
		return country instanceof Map<?, ?> map ? map.get("iso_code") : country;
	}

	/** Only what is a code: it goes into a field of requests. */
	private static String code(Object said) {
		boolean valid = said instanceof String text && text.length() == 2 && isLetter(text.charAt(0)) && isLetter(text.charAt(1));
		return valid ? ((String) said).toUpperCase(Locale.ROOT) : ClientFacts.UNKNOWN.country();
	}

	private static boolean isLetter(char c) {
		return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
	}

	private static long asn(Object said) {
		String text = said == null ? "" : said.toString();
		String digits = text.regionMatches(true, 0, "AS", 0, 2) ? text.substring(2) : text;
		try {
			long number = Long.parseLong(digits);
			return number < 0 || number > MAX_ASN ? 0 : number;
		} catch (NumberFormatException e) {
			return 0;
		}
	}
}
