package proxy.rules.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.api.rule.Condition;
import proxy.api.rule.EvaluationException;
import proxy.api.rule.ExpressionException;
import proxy.api.runtime.Problem;
import proxy.fixtures.Await;
import proxy.fixtures.Configuration;
import proxy.fixtures.Pingoo;
import proxy.fixtures.RecordedRuntime;
import proxy.rules.Language;
import proxy.rules.Request;
import proxy.rules.value.Type;

final class FileListTest {

	@TempDir
	private Path folder;

	private final RecordedRuntime runtime = new RecordedRuntime();
	private final ListDirectory directory = new ListDirectory();
	private final Language language = new Language(directory);
	private final ListWatch watch = new ListWatch(5);
	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
	private final AtomicInteger failures = new AtomicInteger();
	private volatile Error trouble;
	private final InstantSource clock = this::instant;

	private Instant instant() {
		if (trouble != null) {
			failures.incrementAndGet();
			throw trouble;
		}
		return now.get();
	}

	@AfterEach
	void stopWatching() {
		watch.stop();
	}

	@Test
	@Pingoo("lists.columns")
	void readsTheFirstColumnTrimmed() throws IOException {
		write("hosts.csv", "\uFEFF a.example , the first\r\n\"b, quoted\",x\n\nc.example\n");
		list("hosts", "String", "hosts.csv");
		assertEquals(List.of("a.example", "b, quoted", "c.example"), elements("hosts"));
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	@Pingoo("config.list-types")
	void typesAreKnownInLowerCaseToo() throws IOException {
		write("numbers.csv", "1\n -2 \n9223372036854775807\n");
		list("numbers", "int", "numbers.csv");
		assertEquals(List.of(1L, -2L, Long.MAX_VALUE), elements("numbers"));
		write("networks.csv", "10.0.0.0/8\n2001:db8::1\n");
		list("networks", "ip", "networks.csv");
		assertEquals("[10.0.0.0/8, 2001:db8::1/128]", elements("networks").toString());
	}

	@Test
	void aLineOfBlanksIsNoElement() throws IOException {
		write("hosts.csv", "a.example\n  \t\r\n\n   \nb.example\n  ");
		list("hosts", "String", "hosts.csv");
		assertEquals(List.of("a.example", "b.example"), elements("hosts"));
		write("none.csv", "\"\"\n");
		list("none", "String", "none.csv");
		assertEquals(List.of(""), elements("none"));
	}

	@Test
	void aTimeInTheColumnOfCommentsIsNoticed() throws Exception {
		write("hosts.csv", "a,2025-12-31T23:59:59Z\nb,2027-01-01 is the end\nc,not 2027-01-01T00:00:00Z\nd,,2027-01-01T00:00:00Z\ne\n");
		assertFalse(CsvList.read(file("hosts.csv"), Type.STRING).hasEndAsComment(clock.millis()));
		write("hosts.csv", "a,2025-12-31T23:59:59Z\nb,2026-12-31T23:59:59Z\nc,2025-12-31T23:59:59Z\n");
		assertTrue(CsvList.read(file("hosts.csv"), Type.STRING).hasEndAsComment(clock.millis()));
	}

	@Test
	void anEmptyFileIsAnEmptyList() throws IOException {
		write("none.csv", "");
		list("none", "Ip", "none.csv");
		assertEquals(List.of(), elements("none"));
	}

	@Test
	@Pingoo({"lists.reload", "lists.networks"})
	void aConditionSeesANewFileWithoutBeingCompiledAgain() throws Exception {
		write("blocked.csv", "10.0.0.0/8\n");
		Condition blocked = language.compile("lists[\"blocked\"].contains(client.ip)");
		list("blocked", "Ip", "blocked.csv");
		assertTrue(blocked.test(new Request().from("10.1.1.1")));
		assertFalse(blocked.test(new Request().from("192.0.2.1")));
		write("blocked.csv", "192.0.2.0/24\n");
		Await.until("the new file is in force", () -> blocked.test(new Request().from("192.0.2.1")));
		assertFalse(blocked.test(new Request().from("10.1.1.1")));
	}

	@Test
	@Pingoo("lists.broken")
	void aBadFileKeepsWhatWasReadAndIsReported() throws Exception {
		write("blocked.csv", "10.0.0.0/8\n");
		list("blocked", "Ip", "blocked.csv");
		write("blocked.csv", "10.0.0.0/8\n192.0.2.0/33\n");
		Await.until("the problem is reported", () -> !runtime.problems().isEmpty());
		assertEquals(
				List.of(new Problem("lists.blocked.file", file("blocked.csv")
						+ ", line 2: \"192.0.2.0/33\" is no IP address or network; what was read before stays in force")),
				runtime.problems());
		assertTrue(language.compile("client.ip in lists.blocked").test(new Request().from("10.1.1.1")));
		write("blocked.csv", "192.0.2.0/32\n");
		Await.until("the problem is gone", () -> runtime.problems().isEmpty());
		assertFalse(language.compile("client.ip in lists.blocked").test(new Request().from("10.1.1.1")));
	}

	@Test
	void aFileThatIsTooLongForTheMemoryIsReportedAndTheNextOneIsRead() throws Exception {
		write("blocked.csv", "10.0.0.0/8\n");
		list("blocked", "Ip", "blocked.csv");
		trouble = new OutOfMemoryError("Java heap space");
		write("blocked.csv", "192.0.2.0/24\n");
		Await.until("the problem is reported", () -> !runtime.problems().isEmpty());
		String reason = runtime.problems().get(0).reason();
		assertTrue(reason.startsWith(file("blocked.csv") + " is too long for the memory there is: Java's heap is ")
				&& reason.endsWith(" MB at most; what was read before stays in force"), reason);
		assertTrue(language.compile("client.ip in lists.blocked").test(new Request().from("10.1.1.1")));
		trouble = null;
		write("blocked.csv", "198.51.100.0/24\n");
		Await.until("the problem is gone", () -> runtime.problems().isEmpty());
		assertFalse(language.compile("client.ip in lists.blocked").test(new Request().from("10.1.1.1")));
	}

	@Test
	void whateverGoesWrongAtALookTheFileIsLookedAtAgain() throws Exception {
		write("blocked.csv", "10.0.0.0/8,x,2026-01-01T00:01:00Z\n");
		list("blocked", "Ip", "blocked.csv");
		trouble = new InternalError("a fault");
		Await.until("a look has failed", () -> failures.get() > 0);
		trouble = null;
		write("blocked.csv", "192.0.2.0/24\n");
		Await.until("the new file is in force", () -> elements("blocked").toString().equals("[192.0.2.0/24]"));
	}

	@Test
	void aFileThatVanishesKeepsWhatWasRead() throws Exception {
		write("blocked.csv", "10.0.0.0/8\n");
		list("blocked", "Ip", "blocked.csv");
		Files.delete(file("blocked.csv"));
		Await.until("the problem is reported", () -> !runtime.problems().isEmpty());
		assertTrue(language.compile("client.ip in lists.blocked").test(new Request().from("10.1.1.1")));
	}

	@Test
	@Pingoo("lists.broken")
	void aFileThatComesLaterIsRead() throws Exception {
		list("late", "String", "late.csv");
		assertEquals(List.of(new Problem("lists.late.file", "there is no file " + file("late.csv"))), runtime.problems());
		Condition condition = language.compile("http_request.host in lists.late");
		EvaluationException e = assertThrows(EvaluationException.class, () -> condition.test(new Request()));
		assertEquals("the list 'late' is not loaded", e.getMessage());
		write("late.csv", "api.example.com\n");
		Await.until("the problem is gone", () -> runtime.problems().isEmpty());
		assertTrue(condition.test(new Request().host("api.example.com")));
	}

	@Test
	void moreThanTwoColumnsAreAMistake() throws IOException {
		write("wide.csv", "a,b\na,b,2030-01-01T00:00:00Z,d\n");
		list("wide", "String", "wide.csv");
		assertEquals(file("wide.csv") + ", line 2: 4 columns, but a list has at most three", runtime.problems().get(0).reason());
	}

	@Test
	@Pingoo("lists.columns")
	void elementsCountUntilTheirTimeIsOver() throws Exception {
		write("blocked.csv", "10.0.0.0/8,for ever\n192.0.2.0/24,until noon,2026-01-01T12:00:00Z\n"
				+ "198.51.100.0/24,,2026-01-01T13:00:00+01:00\n203.0.113.0/24,,2026-01-02T00:00:00Z\n2001:db8::/32,,\n192.0.2.0/25,,2025-12-31T23:59:59Z\n");
		list("blocked", "Ip", "blocked.csv");
		assertEquals("[10.0.0.0/8, 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, 2001:db8::/32]", elements("blocked").toString());
		Condition blocked = language.compile("client.ip in lists.blocked");
		assertTrue(blocked.test(new Request().from("198.51.100.7")));
		now.set(Instant.parse("2026-01-01T12:00:00Z"));
		Await.until("noon is over", () -> !blocked.test(new Request().from("192.0.2.7")));
		assertFalse(blocked.test(new Request().from("198.51.100.7")));
		assertTrue(blocked.test(new Request().from("203.0.113.7")));
		now.set(Instant.parse("2026-03-01T00:00:00Z"));
		Await.until("the day is over", () -> !blocked.test(new Request().from("203.0.113.7")));
		assertEquals("[10.0.0.0/8, 2001:db8::/32]", elements("blocked").toString());
		write("blocked.csv", "203.0.113.0/24,again,2026-04-01T00:00:00Z\n");
		Await.until("the new file is in force", () -> blocked.test(new Request().from("203.0.113.7")));
	}

	@Test
	@Pingoo("lists.any")
	void theLongWayToAskForNetworksWorksToo() throws Exception {
		write("blocked.csv", "10.0.0.0/8\n192.0.2.1\n2001:db8::/32\n");
		list("blocked", "Ip", "blocked.csv");
		Condition blocked = language.compile("lists[\"blocked\"].any(n, n.contains(client.ip))");
		assertTrue(blocked.test(new Request().from("10.1.1.1")));
		assertTrue(blocked.test(new Request().from("192.0.2.1")));
		assertTrue(blocked.test(new Request().from("2001:db8::1")));
		assertFalse(blocked.test(new Request().from("192.0.2.2")));
	}

	@Test
	void textsAndNumbersExpireToo() throws Exception {
		write("hosts.csv", "a.example,,2026-01-02T00:00:00Z\nb.example\n");
		write("systems.csv", "64500\n64501,,2026-01-02T00:00:00Z\n64502,,2026-01-03T00:00:00Z\n");
		list("hosts", "String", "hosts.csv");
		list("systems", "Int", "systems.csv");
		assertEquals(List.of("a.example", "b.example"), elements("hosts"));
		assertEquals(List.of(64_500L, 64_501L, 64_502L), elements("systems"));
		now.set(Instant.parse("2026-01-02T00:00:00Z"));
		Await.until("hosts have expired", () -> elements("hosts").equals(List.of("b.example")));
		Await.until("systems have expired", () -> elements("systems").equals(List.of(64_500L, 64_502L)));
	}

	@Test
	void whatIsNoTimeIsAMistake() throws IOException {
		write("wrong.csv", "a,,2030-01-01T00:00:00Z\nb,,tomorrow\n");
		list("wrong", "String", "wrong.csv");
		assertEquals(
				file("wrong.csv") + ", line 2: \"tomorrow\" is no timestamp: write it as in RFC 3339, such as \"2026-01-31T12:00:00Z\"",
				runtime.problems().get(0).reason());
	}

	@Test
	void whatIsNoNumberIsAMistake() throws IOException {
		write("numbers.csv", "1\n2.5\n");
		list("numbers", "Int", "numbers.csv");
		assertEquals(file("numbers.csv") + ", line 2: \"2.5\" is no Int", runtime.problems().get(0).reason());
	}

	@Test
	void anOpenQuoteIsAMistake() throws IOException {
		write("open.csv", "a\n\"b\nc\n");
		list("open", "String", "open.csv");
		assertEquals(
				file("open.csv") + " cannot be read: Unclosed quoted field at end of input (record starting at line 2)",
				runtime.problems().get(0).reason());
	}

	@Test
	void whatIsNotUtf8IsAMistake() throws IOException {
		Files.write(file("latin.csv"), new byte[] {'a', '\n', (byte) 0xE9, '\n'});
		list("latin", "String", "latin.csv");
		assertEquals(file("latin.csv") + " cannot be read: it is not UTF-8", runtime.problems().get(0).reason());
	}

	@Test
	void wrongSettingsAreRefusedWithTheirPath() {
		assertRefused("lists.x.type: 'Network' is none of String, Int, Ip", config("x", "Network", "x.csv"));
		assertRefused("lists.x.file: a list needs a file", config("x", "Ip", " "));
		assertRefused("lists.x.file: 'a\0b' is no path", config("x", "Ip", "a\0b"));
	}

	@Test
	void aListThatIsGoneStaysWithTheConditionsThatUseIt() throws Exception {
		write("blocked.csv", "10.0.0.0/8\n");
		FileList list = list("blocked", "Ip", "blocked.csv");
		Condition condition = language.compile("client.ip in lists.blocked");
		list.stop();
		assertTrue(condition.test(new Request().from("10.1.1.1")));
	}

	@Test
	void whoKnowsTheListsIsToldOfUnknownOnes() {
		ExpressionException e = assertThrows(
				ExpressionException.class,
				() -> language.compile("client.ip in lists[\"bloked\"]", Set.of("blocked")));
		assertEquals("unknown list 'bloked', did you mean 'blocked'?", e.getMessage());
	}

	private void assertRefused(String problem, ListConfig settings) {
		IllegalArgumentException e = assertThrows(
				IllegalArgumentException.class, () -> new FileList(runtime, directory, watch, (String) null, clock, settings));
		assertEquals(problem, e.getMessage());
		assertEquals(problem, runtime.problems().get(0).toString());
	}

	private static ListConfig config(String name, String type, String file) {
		return Configuration.of(ListConfig.class, Map.of("name", name, "type", type, "file", file));
	}

	@Test
	void saysThatAFileMayNotBeRead() throws IOException {
		// not even root may read it
		Path closed = Path.of("/proc/sys/vm/compact_memory");
		assumeTrue(Files.exists(closed));
		Files.createSymbolicLink(file("closed.csv"), closed);
		list("closed", "String", "closed.csv");
		assertEquals(List.of(new Problem("lists.closed.file", file("closed.csv") + " cannot be read: no permission")), runtime.problems());
	}

	@Test
	void isReadAtOnceWhenAsked() throws IOException {
		ListWatch slow = new ListWatch(3_600_000);
		try {
			write("hosts.csv", "a.example\n");
			FileList list = new FileList(
					runtime, directory, slow, file("gatehouse.yml").toString(), clock, config("hosts", "String", "hosts.csv"));
			write("hosts.csv", "a.example\nb.example\n");
			list.reload();
			Await.until("what was added is known", () -> elements("hosts").size() == 2);
		} finally {
			slow.stop();
		}
	}

	private FileList list(String name, String type, String file) {
		String configuration = folder.resolve("gatehouse.yml").toString();
		return new FileList(runtime, directory, watch, configuration, clock, config(name, type, file));
	}

	private List<?> elements(String name) {
		return directory.find(name).elements();
	}

	private Path file(String name) {
		return folder.resolve(name);
	}

	/** At once, as editors and deployments do. */
	private void write(String name, String content) throws IOException {
		Path fresh = Files.writeString(folder.resolve(name + ".new"), content);
		Files.move(fresh, file(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
	}
}
