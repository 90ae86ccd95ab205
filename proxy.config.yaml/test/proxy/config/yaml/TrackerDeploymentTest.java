package proxy.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import proxy.rules.Language;

/** The Pingoo files of a BitTorrent tracker's deployment, unchanged, become exactly these configurations. */
class TrackerDeploymentTest {

	@Test
	void helloWorld() throws IOException {
		assertEquals(Map.of(
				"proxy.listener~https", Map.of("name", "https", "address", "https://0.0.0.0:443"),
				"proxy.tls.acme", Map.of("domains", List.of("test.torrust-tracker.com")),
				"proxy.service.http_proxy~static", Map.of("name", "static", "upstreams", List.of("http://webserver:80"))),
				configurations("experiment-1"));
	}

	@Test
	void trackerApi() throws IOException {
		assertEquals(Map.of(
				"proxy.listener~https", Map.of("name", "https", "address", "https://0.0.0.0:443"),
				"proxy.tls.acme", Map.of("domains", List.of("api.torrust-tracker.com")),
				"proxy.service.http_proxy~tracker-api", Map.of("name", "tracker-api", "upstreams", List.of("http://tracker:1212"))),
				configurations("experiment-2"));
	}

	@Test
	void httpTracker() throws IOException {
		assertEquals(Map.of(
				"proxy.listener~https", Map.of("name", "https", "address", "https://0.0.0.0:443"),
				"proxy.tls.acme", Map.of("domains", List.of("http1.torrust-tracker.com")),
				"proxy.service.http_proxy~http-tracker", Map.of("name", "http-tracker", "upstreams", List.of("http://tracker:7070"))),
				configurations("experiment-3"));
	}

	@Test
	void fourHosts() throws IOException {
		assertEquals(Map.of(
				"proxy.listener~http", Map.of("name", "http", "address", "http://0.0.0.0:80"),
				"proxy.listener~https", Map.of("name", "https", "address", "https://0.0.0.0:443"),
				"proxy.service.http_proxy~api", proxy("api", "api.torrust-demo.com", "http://tracker:1212"),
				"proxy.service.http_proxy~tracker", proxy("tracker", "http1.torrust-demo.com", "http://tracker:7070"),
				"proxy.service.http_proxy~health", proxy("health", "health.torrust-demo.com", "http://tracker:1313"),
				"proxy.service.http_proxy~grafana", proxy("grafana", "grafana.torrust-demo.com", "http://grafana:3000"),
				"proxy.tls.acme", Map.of("domains", List.of("api.torrust-demo.com", "http1.torrust-demo.com",
						"health.torrust-demo.com", "grafana.torrust-demo.com"))),
				configurations("full"));
	}

	@Test
	void becomeTheSameWhileNoBundleSaysWhatItTakes() throws IOException {
		for (String folder : List.of("experiment-1", "experiment-2", "experiment-3", "full")) {
			Reading unknown = new ConfigurationReader(new Schema(List.of()), null, name -> null, Elsewhere.NOTHING).read(file(folder), "pingoo.yml");
			assertEquals(List.of(), unknown.findings(Finding.Kind.ERROR));
			assertEquals(configurations(folder), byPid(unknown));
		}
	}

	private static Map<String, Object> proxy(String name, String host, String upstream) {
		return Map.of("name", name, "route", "http_request.host == \"" + host + "\"", "upstreams", List.of(upstream));
	}

	private static Path file(String folder) {
		return Path.of("test/tracker", folder, "pingoo.yml");
	}

	private static Map<String, Object> configurations(String folder) throws IOException {
		Reading reading = new ConfigurationReader(TestSchema.read(), new Language(), name -> null, Elsewhere.NOTHING).read(file(folder), "pingoo.yml");
		assertEquals(List.of(), reading.findings());
		return byPid(reading);
	}

	private static Map<String, Object> byPid(Reading reading) {
		Map<String, Object> all = new LinkedHashMap<>();
		for (Entry entry : reading.entries()) {
			Map<String, Object> properties = new LinkedHashMap<>(entry.properties());
			properties.replaceAll((key, value) -> value instanceof String[] texts ? Arrays.asList(texts) : value);
			all.put(entry.pid(), properties);
		}
		return all;
	}
}
