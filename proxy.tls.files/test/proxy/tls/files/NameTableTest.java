package proxy.tls.files;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import proxy.api.tls.TlsIdentity;
import proxy.fixtures.Pingoo;
import proxy.fixtures.TestCa;

class NameTableTest {

	private final TestCa ca = new TestCa();

	@Test
	@Pingoo("tls.order")
	void findsExactNamesBeforeWildcards() {
		TlsIdentity wildcard = ca.issue("*.example.com");
		TlsIdentity exact = ca.issue("api.example.com", "example.com");
		NameTable table = new NameTable(List.of(wildcard, exact), null);

		assertSame(exact, table.find("api.example.com"));
		assertSame(exact, table.find("example.com"));
		assertSame(wildcard, table.find("www.example.com"));
	}

	@Test
	@Pingoo("tls.wildcard")
	void lettersOfTheCertificateMayBeOfAnyCase() {
		TlsIdentity identity = ca.issue("API.Example.com", "*.Example.ORG");
		NameTable table = new NameTable(List.of(identity), null);

		assertSame(identity, table.find("api.example.com"));
		assertSame(identity, table.find("www.example.org"));
	}

	@Test
	@Pingoo("tls.wildcard")
	void aWildcardStandsForExactlyOneLabel() {
		NameTable table = new NameTable(List.of(ca.issue("*.example.com")), null);

		assertNull(table.find("example.com"));
		assertNull(table.find("a.b.example.com"));
		assertNull(table.find(".example.com"));
		assertNull(table.find("badexample.com"));
		assertNull(table.find(""));
	}

	@Test
	void anAsteriskAnywhereElseIsNoWildcard() {
		NameTable table = new NameTable(List.of(ca.issue("*", "a*.example.com", "www.*.com")), null);

		assertNull(table.find("localhost"));
		assertNull(table.find("ab.example.com"));
		assertNull(table.find("www.example.com"));
		assertNull(table.find("a*.example.com"));
	}

	@Test
	@Pingoo("tls.duplicate")
	void ofTwoCertificatesForANameTheOneValidLongerWins() {
		Instant now = Instant.now();
		TlsIdentity shorter = ca.issue(now, now.plus(Duration.ofDays(10)), "example.com");
		TlsIdentity longer = ca.issue(now, now.plus(Duration.ofDays(20)), "example.com");

		assertSame(longer, new NameTable(List.of(shorter, longer), null).find("example.com"));
		assertSame(longer, new NameTable(List.of(longer, shorter), null).find("example.com"));
	}

	@Test
	@Pingoo("tls.default-order")
	void theDefaultIsFoundByItsExactNamesOnlyAndLast() {
		TlsIdentity fallback = ca.issue("example.com", "*.example.org", "www.example.net");
		TlsIdentity other = ca.issue("*.example.net");
		NameTable table = new NameTable(List.of(other), fallback);

		assertSame(fallback, table.find("example.com"));
		assertNull(table.find("www.example.org"));
		assertSame(other, table.find("www.example.net"));
	}

	@Test
	void findsAddresses() {
		TlsIdentity identity = ca.issue("192.0.2.7");
		assertSame(identity, new NameTable(List.of(identity), null).find("192.0.2.7"));
	}
}
