package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import proxy.fixtures.LogLines;
import proxy.fixtures.TestGatehouse;

/** {@code gatehouse check} and a gateway that runs say the same of a file. */
class CheckTest {

	private static final Pattern FINDING = Pattern.compile("^.*gatehouse\\.yml:\\d+:\\d+ ");

	@Test
	void whatIsRefusedAtRunTimeIsRefusedByTheCheckInTheSameWords() throws Exception {
		TestGatehouse.Setup setup = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				  wrong: {address: "http://127.0.0.1:<wrong>", trusted_proxies: [10.0.0.0/40]}
				services:
				  site: {route: http_request.path == "/a", static: {root: ., types: [nonsense]}}
				  app: {route: http_request.path == "/a", http_proxy: {upstreams: ["http://127.0.0.1:1"], balancer: rondom}}
				  srv: {http_proxy: ["http://_http._tcp.a:80"]}
				access_log: {redact_path: [key]}
				log: {loggers: [proxy.core]}
				console: {address: everywhere}
				captcha: {key_file: "a\\0"}
				child_process: {command: ["true"], ready_address: nowhere}
				tls: {acme: {domains: [a.example], directory_url: nowhere}}
				service_discovery: {dns: {servers: [resolver]}, docker: {socket: "http://x"}}
				""");
		try (TestGatehouse gatehouse = setup.start()) {
			Process check = new ProcessBuilder(
					TestGatehouse.script().toString(), "check", "--config", setup.folder().resolve("gatehouse.yml").toString())
					.redirectErrorStream(true)
					.start();
			LogLines said = new LogLines(check);
			assertEquals(1, check.waitFor());
			said.awaitEnd();
			List<String> findings = said.with("gatehouse.yml:").stream()
					.filter(line -> !line.startsWith("warning: "))
					.map(line -> FINDING.matcher(line).replaceFirst(""))
					.toList();
			assertEquals(12, findings.size(), said::toString);
			findings.forEach(finding -> assertTrue(gatehouse.log().any("not in force: " + finding.replace("\0", "\\u0000")),
					() -> finding + " is not in\n" + gatehouse.log()));
		}
	}
}
