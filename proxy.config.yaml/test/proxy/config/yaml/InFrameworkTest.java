package proxy.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.GatewayRuntime;
import proxy.fixtures.Await;
import proxy.fixtures.RecordedRuntime;

/** The bundle in a framework, with the real ConfigurationAdmin and the real expression language. */
class InFrameworkTest {

	private static final List<String> STARTED = List.of("org.apache.felix.configadmin", "org.apache.felix.scr", "proxy.config.yaml", "proxy.rules");
	private static final Path BUNDLES = Path.of(System.getProperty("gatehouse.dist"), "bundle");
	private static final String START = """
			listeners: {http: {address: http://127.0.0.1:8080}}
			services:
			  api: {route: http_request.path == "/api", http_proxy: ["http://127.0.0.1:3000"]}
			""";

	@TempDir
	Path folder;

	private final RecordedRuntime gateway = new RecordedRuntime();
	private final List<String> log = new CopyOnWriteArrayList<>();
	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
		@Override
		protected void append(ILoggingEvent event) {
			log.add(event.getLevel() + " " + event.getFormattedMessage());
		}
	};
	private Path file;
	private Framework framework;
	private volatile ConfigurationListener listener = event -> {};

	@BeforeEach
	void start() throws Exception {
		appender.start();
		((Logger) LoggerFactory.getLogger("proxy.config.yaml")).addAppender(appender);
		file = Files.writeString(folder.resolve("gatehouse.yml"), START);
		run();
	}

	@AfterEach
	void stop() throws Exception {
		framework.stop();
		framework.waitForStop(10_000);
		((Logger) LoggerFactory.getLogger("proxy.config.yaml")).detachAppender(appender);
	}

	@Test
	void appliesTheFileAtStart() throws Exception {
		await(() -> configuration("proxy.listener~http") != null);
		assertEquals("http://127.0.0.1:8080", configuration("proxy.listener~http").getProperties().get("address"));
		assertEquals("http_request.path == \"/api\"", configuration("proxy.service.http_proxy~api").getProperties().get("route"));
		await(() -> log.contains("INFO configuration successfully loaded from gatehouse.yml"));
	}

	@Test
	void appliesAChangeAndRefusesAMistake() throws Exception {
		loaded();
		save(START.replace("3000", "3001"));
		await(() -> log.stream().anyMatch(line -> line.matches("INFO reloaded in \\d+ ms: ~service api")));
		save(START.replace("path ==", "pth =="));
		String mistake = "gatehouse.yml:3:29 services.api.route: unknown variable 'http_request.pth', did you mean 'path'?";
		await(() -> log.contains("ERROR NOT reloaded: " + mistake + " (still running the previous configuration)"));
		assertEquals(List.of("services.api.route"), settings("unknown variable"));
		assertEquals("http://127.0.0.1:3001", ((String[]) configuration("proxy.service.http_proxy~api").getProperties().get("upstreams"))[0]);
		save(START);
		await(() -> settings("unknown variable").isEmpty());
		assertEquals("http://127.0.0.1:3000", ((String[]) configuration("proxy.service.http_proxy~api").getProperties().get("upstreams"))[0]);
	}

	@Test
	void seesAnotherFilePutInItsPlace() throws Exception {
		loaded();
		Path other = Files.writeString(folder.resolve("gatehouse.yml.new"), START.replace("8080", "8081"));
		Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
		await(() -> "http://127.0.0.1:8081".equals(configuration("proxy.listener~http").getProperties().get("address")));
	}

	@Test
	void keepsAllWhenTheFileIsGone() throws Exception {
		loaded();
		Files.delete(file);
		framework.getBundleContext().installBundle("test:plugin", Files.newInputStream(plugin("unrelated"))).start();
		await(() -> log.stream().anyMatch(line -> line.startsWith("ERROR no configuration file; looked for gatehouse.yml")));
		assertEquals(List.of("configuration"), settings("no configuration file"));
		assertTrue(configuration("proxy.service.http_proxy~api") != null);
	}

	@Test
	void saysWhenNoBundleProvidesAKindAndWithdrawsItWhenOneComes() throws Exception {
		loaded();
		save(START + "  x: {hello: {max_count: 3}}\n");
		await(() -> settings("no installed bundle provides services of kind 'hello'").equals(List.of("services.x.hello")));
		assertEquals(3, configuration("proxy.service.hello~x").getProperties().get("max.count"));
		long changes = configuration("proxy.service.hello~x").getChangeCount();
		Bundle plugin = framework.getBundleContext().installBundle("test:plugin", Files.newInputStream(plugin("hello")));
		await(() -> settings("'hello'").isEmpty());
		plugin.uninstall();
		await(() -> settings("'hello'").equals(List.of("services.x.hello")));
		assertEquals(changes, configuration("proxy.service.hello~x").getChangeCount());
	}

	@Test
	void leavesAllInForceWhenItStopsAndTouchesNothingWhenItStarts() throws Exception {
		loaded();
		long changes = configuration("proxy.service.http_proxy~api").getChangeCount();
		Bundle self = bundle("proxy.config.yaml");
		self.stop();
		assertTrue(configuration("proxy.listener~http") != null);
		log.clear();
		self.start();
		loaded();
		assertEquals(changes, configuration("proxy.service.http_proxy~api").getChangeCount());
	}

	@Test
	void keepsWhatTheConsoleSetOverARestart() throws Exception {
		loaded();
		Configuration api = configuration("proxy.service.http_proxy~api");
		var properties = api.getProperties();
		properties.put("upstreams", new String[] {"http://127.0.0.1:9999"});
		properties.remove(ConfigurationWriter.SOURCE);
		api.update(properties);
		framework.stop();
		framework.waitForStop(10_000);
		log.clear();
		run();
		loaded();
		await(() -> log.contains("INFO kept as changed elsewhere since the file last changed them: services.api"));
		assertEquals("http://127.0.0.1:9999", ((String[]) configuration("proxy.service.http_proxy~api").getProperties().get("upstreams"))[0]);
		save(START.replace("  api:", "  web:"));
		await(() -> configuration("proxy.service.http_proxy~api") == null);
	}

	@Test
	void givesAnEntryItsPlaceBackWhenSomebodyDropsIt() throws Exception {
		loaded();
		Configuration api = configuration("proxy.service.http_proxy~api");
		api.update(new Hashtable<>(Map.of("name", "api", "upstreams", new String[] {"http://127.0.0.1:9999"})));
		await(() -> Integer.valueOf(Ranking.FIRST).equals(configuration("proxy.service.http_proxy~api").getProperties().get("service.ranking")));
		assertEquals("http://127.0.0.1:9999", ((String[]) configuration("proxy.service.http_proxy~api").getProperties().get("upstreams"))[0]);
	}

	@Test
	void refusesAtStartWhatItWouldRefuseWhileRunning() throws Exception {
		loaded();
		framework.stop();
		framework.waitForStop(10_000);
		log.clear();
		Files.writeString(file, START.replace("path ==", "pth =="));
		run();
		await(() -> log.stream().anyMatch(line -> line.startsWith("ERROR NOT loaded: gatehouse.yml:3:29 services.api.route: unknown variable")));
		assertEquals("http_request.path == \"/api\"", configuration("proxy.service.http_proxy~api").getProperties().get("route"));
	}

	@Test
	void holdsTheGatewayUntilAllHaveBeenToldWhatTheFileSays() throws Exception {
		loaded();
		framework.stop();
		framework.waitForStop(10_000);
		assertEquals(0, gateway.holds(), "what stops holds nothing");
		log.clear();
		save(START.replace("8080", "8081"));
		CountDownLatch goOn = new CountDownLatch(1);
		listener = event -> {
			if (event.getPid().equals("proxy.listener~http")) {
				await(() -> goOn.getCount() == 0);
			}
		};
		run();
		loaded();
		save(START.replace("8080", "8082"));
		await(() -> log.stream().anyMatch(line -> line.matches("INFO reloaded in \\d+ ms: ~listener http")));
		assertEquals(1, gateway.holds());
		goOn.countDown();
		await(() -> gateway.holds() == 0);
	}

	private void run() throws Exception {
		Map<String, String> properties = new HashMap<>();
		properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
		properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, shared());
		properties.put("gatehouse.config", file.toString());
		properties.put("gatehouse.home", folder.toString());
		framework = new FrameworkFactory().newFramework(properties);
		framework.init();
		framework.getBundleContext().registerService(GatewayRuntime.class, gateway, null);
		framework.getBundleContext().registerService(ConfigurationListener.class, event -> listener.configurationEvent(event), null);
		if (framework.getBundleContext().getBundles().length == 1) {
			install();
		}
		framework.start();
	}

	/** The whole product, of which only a few bundles are started. */
	private void install() throws IOException, BundleException {
		for (Path jar : JarFolder.jars(BUNDLES)) {
			framework.getBundleContext().installBundle(jar.toUri().toString());
		}
		for (String name : STARTED) {
			bundle(name).start();
		}
	}

	/** What the test and the bundles must have in common: the test's own classes. */
	private static String shared() throws IOException {
		StringBuilder packages = new StringBuilder("org.osgi.service.cm;version=1.6.1");
		for (Path jar : JarFolder.jars(BUNDLES)) {
			if (jar.getFileName().toString().matches("(proxy|slf4j)\\.api-.*")) {
				try (JarFile file = new JarFile(jar.toFile())) {
					packages.append(',').append(file.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE));
				}
			}
		}
		return packages.toString();
	}

	private void loaded() {
		await(() -> log.contains("INFO configuration successfully loaded from gatehouse.yml"));
	}

	private void save(String yaml) throws IOException {
		Files.writeString(file, yaml);
	}

	/** The settings with a problem of this kind. */
	private List<String> settings(String reason) {
		return gateway.problems().stream().filter(problem -> problem.reason().contains(reason)).map(problem -> problem.setting()).toList();
	}

	private Bundle bundle(String name) {
		return List.of(framework.getBundleContext().getBundles()).stream().filter(one -> name.equals(one.getSymbolicName())).findFirst().orElseThrow();
	}

	/** The configuration, or null. */
	private Configuration configuration(String pid) throws Exception {
		var reference = framework.getBundleContext().getServiceReference(ConfigurationAdmin.class);
		ConfigurationAdmin admin = reference == null ? null : framework.getBundleContext().getService(reference);
		Configuration[] found = admin == null ? null : admin.listConfigurations("(service.pid=" + pid + ")");
		return found == null ? null : found[0];
	}

	/** A bundle that says it provides a kind of service. */
	private Path plugin(String kind) throws IOException {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
		manifest.getMainAttributes().putValue(Constants.BUNDLE_SYMBOLICNAME, "plugin." + kind);
		manifest.getMainAttributes().putValue(Constants.IMPORT_PACKAGE, "proxy.api.http");
		Path jar = folder.resolve(kind + ".jar");
		try (OutputStream out = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(out, manifest)) {
			entries.putNextEntry(new JarEntry("OSGI-INF/metatype/plugin.xml"));
			entries.write(("<m:MetaData xmlns:m=\"http://www.osgi.org/xmlns/metatype/v1.4.0\"><OCD id=\"o\" name=\"o\">"
					+ "<AD id=\"max.count\" type=\"Integer\" default=\"1\"/></OCD><Designate factoryPid=\"proxy.service." + kind
					+ "\"><Object ocdref=\"o\"/></Designate></m:MetaData>").getBytes());
		}
		return jar;
	}

	private void await(Callable<Boolean> condition) {
		try {
			Await.until("what the test waits for", Duration.ofSeconds(20), condition);
		} catch (AssertionError late) {
			throw new AssertionError(late.getMessage() + "; log: " + log + ", problems: " + gateway.problems(), late);
		}
	}
}
