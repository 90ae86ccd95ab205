package proxy.discovery.docker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Notice;
import proxy.api.runtime.Problem;
import proxy.api.upstream.Upstream;
import proxy.api.upstream.UpstreamDiscovery;

/** Finds upstreams among a Docker engine's containers. */
@Component(name = DockerDiscovery.PID, immediate = true)
@Designate(ocd = DockerConfig.class)
public final class DockerDiscovery implements UpstreamDiscovery, Notice {

	static final String PID = "proxy.discovery.docker";

	private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);
	private static final long STOP_MILLIS = 5_000;

	private final Reports reports = new Reports();
	private final Problems problems;
	/** Null when it is turned off. */
	private final Link link;
	private final EngineAddress address;
	private final Thread thread;

	@Activate
	public DockerDiscovery(DockerConfig config, @Reference GatewayRuntime runtime) {
		this(config.socket(), runtime, OwnContainer.id(), ContainerWatch.Timing.STANDARD, REQUEST_LIMIT,
				new Backoff(new Random()), time -> Thread.sleep(time.toMillis()));
	}

	DockerDiscovery(
			String socket,
			GatewayRuntime runtime,
			String ownContainer,
			ContainerWatch.Timing timing,
			Duration requestLimit,
			Backoff backoff,
			ContainerWatch.Pause pause) {
		problems = new Problems(runtime);
		if (socket.isBlank()) {
			address = null;
			link = null;
			thread = null;
			runtime.clear(Link.SETTING);
			return;
		}
		address = address(socket.strip(), runtime);
		link = new Link(address, runtime);
		Engine engine = new Engine(address, requestLimit);
		Findings findings = new Findings(reports, problems);
		thread = new Thread(
				new ContainerWatch(engine, ownContainer, findings, link, timing, backoff, pause), "gatehouse-docker");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public AutoCloseable subscribe(Consumer<Map<String, List<Upstream>>> listener) {
		return reports.subscribe(listener);
	}

	@Override
	public String title() {
		return "discovery";
	}

	@Override
	public String text() {
		return link == null ? "docker: turned off" : "docker " + address + ": " + link.status();
	}

	@Deactivate
	void stop() throws InterruptedException {
		if (thread != null) {
			thread.interrupt();
			thread.join(STOP_MILLIS);
			problems.are(Map.of());
			link.close();
		}
		reports.close();
	}

	private static EngineAddress address(String socket, GatewayRuntime runtime) {
		try {
			EngineAddress address = EngineAddress.of(socket);
			runtime.clear(Link.SETTING);
			return address;
		} catch (IllegalArgumentException e) {
			runtime.report(new Problem(Link.SETTING, e.getMessage()));
			throw new IllegalArgumentException(Link.SETTING + ": " + e.getMessage(), e);
		}
	}
}
