package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Client;
import proxy.fixtures.Origin;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** The first service whose route matches answers, however routes are found. */
class RoutingTest {

	private static final int SITES = 60;

	private static final List<Origin> origins = new ArrayList<>();
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		StringBuilder yaml = new StringBuilder("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				  https: {address: "https://127.0.0.1:<https>"}
				services:
				""");
		for (int site = 0; site < SITES; site++) {
			service(yaml, "site" + site, "http_request.host == \"" + site + ".example\" && !http_request.path.starts_with(\"/pass\")");
		}
		service(yaml, "early", "http_request.path.starts_with(\"/both\") || http_request.path == \"/pass/early\"");
		service(yaml, "group", "http_request.host in [\"1.example\", \"2.example\", \"late.example\"]");
		service(yaml, "late", "http_request.path.starts_with(\"/pass\")");
		gatehouse = TestGatehouse.configured(yaml.toString()).start();
	}

	private static void service(StringBuilder yaml, String name, String route) {
		Origin origin = Origin.plain(Answer.text(name));
		origins.add(origin);
		yaml.append("  ").append(name).append(":\n    route: '").append(route).append("'\n    http_proxy: [\"")
				.append(origin.url()).append("\"]\n");
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origins.forEach(Origin::close);
	}

	@ParameterizedTest
	@EnumSource
	void findsASiteByItsHostInAnyCaseAndWithAnyPort(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			assertEquals("site0", answer(client, "0.example", "/"));
			assertEquals("site59", answer(client, "59.example", "/x?y"));
			assertEquals("site7", answer(client, "7.EXAMPLE:8443", "/"));
			assertEquals("site7", answer(client, "7.example.", "/"));
			assertEquals("site7", answer(client, "7.example.:8443", "/"));
			assertEquals("404", answer(client, "60.example", "/"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void keepsTheOrderOfTheFileAmongRoutesWithAndWithoutHost(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			assertEquals("site1", answer(client, "1.example", "/both"));
			assertEquals("early", answer(client, "60.example", "/both"));
			assertEquals("early", answer(client, "1.example", "/pass/early"));
			assertEquals("group", answer(client, "1.example", "/pass"));
			assertEquals("late", answer(client, "3.example", "/pass"));
			assertEquals("early", answer(client, "late.example", "/both"));
			assertEquals("group", answer(client, "late.example", "/pass"));
			assertEquals("late", answer(client, "other.example", "/pass"));
		}
	}
	private static String answer(Client client, String host, String target) throws IOException {
		Response response = client.send(Request.get(target).to(host));
		return response.status() == 200 ? response.text() : String.valueOf(response.status());
	}
}
