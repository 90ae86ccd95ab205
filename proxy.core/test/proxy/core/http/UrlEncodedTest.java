package proxy.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UrlEncodedTest {

	@ParameterizedTest
	@CsvSource({
		"plain, plain", "a+b%20c%2B, a b c+", "%2e%2E%2fetc, ../etc",
		"%C3%BC, ü", "%F0%9F%98%80, 😀", "Ã¼, ü",
		// a percent sign that encodes nothing leaves the rest alone
		"..%2fetc%zz, ../etc%zz", "%2e%2e/%, ../%", "%4, %4", "%%41, %A", "%+1, '% 1'", "%-1%41, %-1A",
		// no UTF-8: the octets stay
		"%FC, ü", "%FF%41, ÿA", "%C3, Ã", "%C3%BC%FF, üÿ", "%E2%82, â\u0082", "%ED%A0%80, 'í\u00A0\u0080'"
	})
	void isDecodedOctetByOctet(String encoded, String decoded) {
		assertEquals(decoded, UrlEncoded.decode(encoded));
	}
}
