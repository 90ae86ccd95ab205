package proxy.log;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

/**
 * What was started.
 *
 * @param versions name and version, product first: "Gatehouse 1.0.0", "Felix 7.0.5"
 * @param config the configuration file, "" for none
 */
record Product(List<String> versions, String config) {

	static Product of(BundleContext context) {
		return new Product(versions(context), config(context));
	}

	/** The file that is read: the one named, else the installation's, else Pingoo's; "" for none. */
	private static String config(BundleContext context) {
		String named = context.getProperty("gatehouse.config");
		if (named != null) {
			return named;
		}
		String home = context.getProperty("gatehouse.home");
		return Stream.of(Path.of(home == null ? "" : home, "etc/gatehouse.yml"), Path.of("/etc/pingoo/pingoo.yml"))
				.filter(Files::isRegularFile)
				.map(Path::toString)
				.findFirst()
				.orElse("");
	}

	private static List<String> versions(BundleContext context) {
		List<String> versions = new ArrayList<>();
		versions.add("Gatehouse " + plain(context.getBundle().getVersion()));
		versions.add("Felix " + plain(context.getBundle(0).getVersion()));
		Arrays.stream(context.getBundles())
				.filter(bundle -> "org.eclipse.jetty.server".equals(bundle.getSymbolicName()))
				.map(Bundle::getVersion)
				.map(version -> "Jetty " + plain(version))
				.forEach(versions::add);
		versions.add("Java " + Runtime.version().version().stream().map(String::valueOf).reduce((a, b) -> a + "." + b).orElse(""));
		return versions;
	}

	private static String plain(Version version) {
		return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
	}
}
