package proxy.discovery.dns;

import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;
import proxy.api.upstream.NameResolver;
import proxy.api.upstream.Resolution;

/** Looks names up in DNS, as the system is configured to. */
@Component(name = DnsResolver.PID, immediate = true)
@Designate(ocd = DnsConfig.class)
public final class DnsResolver implements NameResolver {

	static final String PID = "proxy.discovery.dns";

	private final GatewayRuntime runtime;
	private final Client client = new Client();
	private final WatchedFile<HostsFile> hosts;
	private final WatchedFile<ResolvConf> system;
	private volatile Settings settings;

	@Activate
	public DnsResolver(DnsConfig config, @Reference GatewayRuntime runtime) {
		this(config, runtime, Path.of("/etc/hosts"), Path.of("/etc/resolv.conf"));
	}

	DnsResolver(DnsConfig config, GatewayRuntime runtime, Path hosts, Path system) {
		this.runtime = runtime;
		this.hosts = new WatchedFile<>(hosts, HostsFile::parse);
		this.system = new WatchedFile<>(system, ResolvConf::parse);
		settings = check(config);
	}

	/** The gateway, which sees that the service has changed, asks for everything again. */
	@Modified
	void modified(DnsConfig config) {
		try {
			settings = check(config);
		} catch (IllegalArgumentException reported) {
			// the settings before stay in force
		}
	}

	private Settings check(DnsConfig config) {
		try {
			Settings checked = Settings.of(config);
			runtime.clear(Settings.PATH);
			return checked;
		} catch (IllegalArgumentException wrong) {
			runtime.report(Problem.of(Settings.PATH, wrong));
			throw wrong;
		}
	}

	@Deactivate
	void deactivate(BundleContext context) {
		if (context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.STOPPING) {
			runtime.clear(Settings.PATH); // the end of the process ends the client
		} else {
			stop();
		}
	}

	void stop() {
		client.close();
		runtime.clear(Settings.PATH);
	}

	@Override
	public CompletionStage<Resolution> resolve(String name) {
		Settings current = settings;
		ResolvConf conf = system.content();
		NameServers servers =
				new NameServers(client, current.servers().isEmpty() ? conf.servers() : current.servers(), current.timeout());
		return new Lookup(current, hosts.content(), conf, servers, hasIpv6()).resolve(name);
	}

	/** Whether this machine has an IPv6 address that reaches further than itself. */
	private static boolean hasIpv6() {
		try {
			return NetworkInterface.networkInterfaces()
					.flatMap(NetworkInterface::inetAddresses)
					.anyMatch(own -> own instanceof Inet6Address && !own.isLoopbackAddress() && !own.isLinkLocalAddress());
		} catch (SocketException unknown) {
			return true;
		}
	}
}
