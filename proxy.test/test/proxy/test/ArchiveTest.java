package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Answer;
import proxy.fixtures.Client;
import proxy.fixtures.Origin;
import proxy.fixtures.Programs;
import proxy.fixtures.Request;
import proxy.fixtures.TestGatehouse;

/** The archive of classes: made beside a gateway that runs, used by the next start, and never in the way. */
class ArchiveTest {

	private static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>"}
			services:
			  app:
			    http_proxy: ["<origin>"]
			""";

	@Test
	void isMadeUsedAndPassedOverWhenItIsBroken() throws Exception {
		Programs.require("curl");
		try (Origin origin = Origin.plain(Answer.text("here"))) {
			TestGatehouse.Setup setup = TestGatehouse.configured(YAML).with("origin", origin.url());
			Path home = setup.folder().resolve("home");
			TestGatehouse running = setup.start();
			String said = archive(home);
			assertTrue(said.startsWith("made " + home.resolve("archive/java")), said);
			assertServes(running);
			running.terminate().awaitEnd();

			Path classes = setup.folder().resolve("classes");
			TestGatehouse next = again(setup, origin).option("-Xlog:class+load:file=" + classes).start();
			assertServes(next);
			next.terminate().awaitEnd();
			try (Stream<String> lines = Files.lines(classes)) {
				assertTrue(lines.anyMatch(line -> line.contains(" proxy.core.gateway.Engine source: shared objects file")));
			}

			try (Stream<Path> files = Files.list(home.resolve("archive"))) {
				Files.writeString(files.findFirst().orElseThrow(), "no archive");
			}
			try (TestGatehouse last = again(setup, origin).start()) {
				assertServes(last);
			}
		}
	}

	private static TestGatehouse.Setup again(TestGatehouse.Setup setup, Origin origin) {
		return TestGatehouse.configured(YAML).with("origin", origin.url()).folder(setup.folder());
	}

	private static String archive(Path home) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/gatehouse").toString(), "archive").redirectErrorStream(true);
		builder.environment().put("GATEHOUSE_LOG", "error");
		Process process = builder.start();
		String said = new String(process.getInputStream().readAllBytes());
		assertTrue(process.waitFor(1, TimeUnit.MINUTES), said);
		assertEquals(0, process.exitValue(), said);
		return said;
	}

	private static void assertServes(TestGatehouse gatehouse) throws IOException {
		try (Client client = Protocol.HTTP_1.connect(gatehouse)) {
			assertEquals("here", client.send(Request.get("/")).text());
		}
	}
}
