package proxy.tls.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.shredzone.acme4j.exception.AcmeProtocolException;

class TroubleTest {

	@Test
	void doesNotTellAWholePage() {
		Trouble trouble = Trouble.of(new AcmeProtocolException("Bad JSON: " + "[".repeat(1_000_000)));
		assertEquals(Trouble.Kind.AUTHORITY, trouble.kind());
		assertEquals("the authority answers, but not as ACME servers do: Bad JSON: [", trouble.reason().substring(0, 62));
		assertEquals(501, trouble.reason().length());
	}
}
