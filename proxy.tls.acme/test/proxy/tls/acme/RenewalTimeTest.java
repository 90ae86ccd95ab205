package proxy.tls.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxy.fixtures.Pingoo;
import proxy.fixtures.TestCa;

class RenewalTimeTest {

	private static final TestCa CA = new TestCa();
	private static final Instant START = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	/** In hours. */
	@ParameterizedTest
	@CsvSource({"2160, 1440", "1080, 720", "240, 160", "160, 80", "24, 12"})
	@Pingoo({"acme.renewal", "acme.short-lived"})
	void isAtTwoThirdsOfTheLifeOrHalfOfAShortOne(long life, long expected) {
		Instant renewal = RenewalTime.of(certificate(Duration.ofHours(life)), null, null);
		Instant latest = START.plus(Duration.ofHours(expected));
		assertFalse(renewal.isAfter(latest), renewal + " after " + latest);
		assertFalse(renewal.isBefore(latest.minus(Duration.ofHours(life).dividedBy(30))), renewal + " long before " + latest);
	}

	@Test
	void isTheSameEachTimeForOneCertificate() {
		X509Certificate certificate = certificate(Duration.ofDays(90));
		assertEquals(RenewalTime.of(certificate, null, null), RenewalTime.of(certificate, null, null));
	}

	@Test
	void followsTheSettingButNeverBeforeHalfOfTheLife() {
		Instant thirty = RenewalTime.of(certificate(Duration.ofDays(90)), Duration.ofDays(10), null);
		assertTrue(thirty.isAfter(START.plus(Duration.ofDays(76))) && !thirty.isAfter(START.plus(Duration.ofDays(80))), thirty.toString());
		Instant half = RenewalTime.of(certificate(Duration.ofDays(6)), Duration.ofDays(30), null);
		assertTrue(half.isAfter(START.plus(Duration.ofHours(67))) && !half.isAfter(START.plus(Duration.ofDays(3))), half.toString());
	}

	@Test
	void followsTheAuthorityButNotIntoTheLastTenthOfTheLife() {
		X509Certificate certificate = certificate(Duration.ofDays(90));
		Instant suggested = START.plus(Duration.ofDays(20));
		assertEquals(suggested, RenewalTime.of(certificate, null, suggested));
		assertEquals(START.plus(Duration.ofDays(81)), RenewalTime.of(certificate, null, START.plus(Duration.ofDays(300))));
		assertEquals(
				START.plus(Duration.ofDays(60)), RenewalTime.of(certificate, Duration.ofDays(30), START.plus(Duration.ofDays(70))));
	}

	@Test
	void aSuggestionIsAMomentInItsWindow() {
		Instant start = START.plus(Duration.ofDays(1));
		Instant end = START.plus(Duration.ofDays(3));
		Suggestion suggestion = Suggestion.of(start, end, START.plusSeconds(7200), START, 0.5);
		assertEquals(START.plus(Duration.ofDays(2)), suggestion.renewAt());
		assertEquals(START.plusSeconds(7200), suggestion.askAgain());
	}

	@Test
	void aWindowThatEndsBeforeItBeginsSaysNothing() {
		assertEquals(null, Suggestion.of(START, START, START, START, 0.5).renewAt());
		assertEquals(null, Suggestion.of(START, START.minusSeconds(1), START, START, 0.5).renewAt());
	}

	@Test
	void theAuthorityIsAskedAgainWithinADayAndNotWithinAMinute() {
		Instant end = START.plusSeconds(60);
		assertEquals(START.plusSeconds(60), Suggestion.of(START, end, START.plusSeconds(5), START, 0).askAgain());
		assertEquals(START.plusSeconds(86_400), Suggestion.of(START, end, START.plus(Duration.ofDays(10)), START, 0).askAgain());
	}

	private static X509Certificate certificate(Duration life) {
		return CA.issue(START, START.plus(life), "a.test").leaf();
	}
}
