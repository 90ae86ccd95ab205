package proxy.tls.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.api.tls.TlsIdentity;
import proxy.fixtures.Pingoo;
import proxy.fixtures.TestCa;
import proxy.pem.IdentityFolder;

class DomainTest {

	private static final DomainName NAME = new DomainName("a.test");
	private static final Trouble REFUSED = new Trouble(Trouble.Kind.DOMAIN, "no", null);

	@TempDir
	Path path;

	private final TestCa ca = new TestCa();
	private final Instant now = Instant.now();

	@Test
	void withoutACertificateIsDueAtOnce() {
		Domain domain = domain();
		domain.look(now);
		assertFalse(due(domain, now).isAfter(now));
	}

	@Test
	void withACertificateIsDueWhenThatIsToBeRenewed() throws IOException {
		TestCa.write(path, "a.test", ca.issue("a.test"));
		Domain domain = domain();
		domain.look(now);
		assertTrue(due(domain, now).isAfter(now.plus(Duration.ofDays(50))));
		assertFalse(domain.due(null, true, now).isAfter(now), "but at once when another authority is wanted");
	}

	@Test
	void doesNotTakeACertificateForAnotherName() throws IOException {
		TestCa.write(path, "a.test", ca.issue("b.test"));
		Domain domain = domain();
		domain.look(now);
		assertNull(domain.identity());
		assertFalse(due(domain, now).isAfter(now));
	}

	@Test
	void takesFilesThatSomebodyPutThere() throws IOException {
		TestCa.write(path, "a.test", ca.issue("a.test"));
		Domain domain = domain();
		domain.look(now);
		TlsIdentity first = domain.identity();
		domain.look(now);
		assertSame(first, domain.identity());

		TlsIdentity next = ca.issue("a.test");
		TestCa.write(path, "a.test", next);
		Files.setLastModifiedTime(path.resolve("a.test.pem"), FileTime.from(now.plusSeconds(9)));
		domain.look(now);
		assertEquals(next.leaf(), domain.identity().leaf());
	}

	@Test
	void keepsWhatItServesWhenTheFilesAreBad() throws IOException {
		TestCa.write(path, "a.test", ca.issue("a.test"));
		Domain domain = domain();
		domain.look(now);
		TlsIdentity first = domain.identity();
		Files.writeString(path.resolve("a.test.pem"), "nonsense");
		Files.setLastModifiedTime(path.resolve("a.test.pem"), FileTime.from(now.plusSeconds(9)));
		domain.look(now);
		assertSame(first, domain.identity());
	}

	@Test
	void isNotOrderedAgainRightAfterItWasIssuedWhateverTheClockSays() {
		Domain domain = domain();
		domain.look(now);
		domain.started();
		Instant strange = now.plus(Duration.ofDays(500));
		domain.issued(ca.issue("a.test"), strange);
		assertEquals(strange.plus(Duration.ofHours(12)), due(domain, strange));
	}

	@Test
	@Pingoo("acme.again")
	void waitsLongerAfterEachRefusalUntilSomebodyChangesSomething() {
		Domain domain = domain();
		domain.look(now);
		domain.refused(REFUSED, now, 0.5, false);
		assertEquals(now.plus(Duration.ofMinutes(1)), due(domain, now));
		domain.refused(REFUSED, now, 0.5, false);
		assertEquals(now.plus(Duration.ofMinutes(5)), due(domain, now));
		domain.tryAgain();
		assertFalse(due(domain, now).isAfter(now));
	}

	@Test
	@Pingoo("acme.challenges")
	void triesTheOtherChallengeAtOnceButOnlyOnce() {
		Domain domain = domain();
		domain.refused(REFUSED, now, 0.5, true);
		assertEquals(now.plusSeconds(2), due(domain, now));
		domain.refused(REFUSED, now, 0.5, true);
		assertEquals(now.plus(Duration.ofMinutes(5)), due(domain, now));
	}

	@Test
	void waitsAsLongAsTheAuthoritySaysButAtMostADay() {
		Domain domain = domain();
		domain.refused(new Trouble(Trouble.Kind.DOMAIN, "slow", now.plusSeconds(7200)), now, 0.5, false);
		assertEquals(now.plusSeconds(7200), due(domain, now));
		domain.refused(new Trouble(Trouble.Kind.DOMAIN, "slow", now.plus(Duration.ofDays(10))), now, 0.5, false);
		assertEquals(now.plus(Duration.ofDays(1)), due(domain, now));
	}

	@Test
	void doesNotWaitForEverWhenTheClockIsPutBack() {
		Domain domain = domain();
		domain.refused(REFUSED, now.plus(Duration.ofDays(60)), 0.5, false);
		assertFalse(due(domain, now).isAfter(now));
	}

	@Test
	void storesLaterWhatItCannotStoreNow() throws Exception {
		Path folder = path.resolve("tls");
		Files.writeString(folder, "in the way");
		Domain domain = new Domain(NAME, new IdentityFolder(folder));
		domain.look(now);
		TlsIdentity issued = ca.issue("a.test");
		domain.issued(issued, now);
		assertSame(issued, domain.identity());
		assertNotNull(domain.trouble());

		Files.delete(folder);
		domain.look(now.plusSeconds(30));
		assertFalse(Files.exists(folder));
		domain.look(now.plusSeconds(60));
		assertEquals(issued.leaf(), new IdentityFolder(folder).load("a.test").leaf());
		assertNull(domain.trouble());
		assertSame(issued, domain.identity());
	}

	@Test
	void theRefusalsOfTheLastHourSurviveARestart() {
		History history = new History(path);
		for (int i = 0; i < 5; i++) {
			assertFalse(new History(path).mayTry(NAME, now).isAfter(now));
			history.refused(NAME, now.plusSeconds(i));
		}
		assertEquals(now.plusSeconds(3600), new History(path).mayTry(NAME, now.plusSeconds(10)));
		assertFalse(new History(path).mayTry(NAME, now.plusSeconds(3601)).isAfter(now.plusSeconds(3601)));
		assertFalse(new History(path).mayTry(new DomainName("b.test"), now).isAfter(now));
	}

	@Test
	void remembersWhichAuthorityACertificateIsFrom() throws IOException {
		URI one = URI.create("https://one.test/dir");
		URI two = URI.create("https://two.test/dir");
		assertFalse(new History(path).isFromAnother(NAME, one), "as long as nothing is known");
		new History(path).issued(NAME, one);
		assertFalse(new History(path).isFromAnother(NAME, one));
		assertTrue(new History(path).isFromAnother(NAME, two));

		Files.writeString(path.resolve("acme-history.json"), "{\"a.test\": 7");
		assertFalse(new History(path).isFromAnother(NAME, two));
	}

	private Domain domain() {
		return new Domain(NAME, new IdentityFolder(path));
	}

	private static Instant due(Domain domain, Instant now) {
		return domain.due(null, false, now);
	}
}
