import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;

import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * The JVM of the tests inside a framework: starts the framework on the class path with the bundles of a properties file. The
 * tester is one of them, and ends the JVM. (bnd's own launcher does not start on Java 24 and newer.)
 */
final class Framework {

	/** Bundles to install, separated by {@link java.io.File#pathSeparator}; every other property goes to the framework. */
	static final String BUNDLES = "bndw.bundles";

	private Framework() {}

	public static void main(String[] arguments) throws Exception {
		Properties properties = new Properties();
		try (InputStream in = new FileInputStream(arguments[0])) {
			properties.load(in);
		}
		Map<String, String> configuration = new HashMap<>();
		for (String name : properties.stringPropertyNames()) configuration.put(name, properties.getProperty(name));
		String bundles = configuration.remove(BUNDLES);

		var framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(configuration);
		framework.init();
		List<Bundle> installed = new ArrayList<>();
		for (String jar : bundles.split(java.io.File.pathSeparator))
			installed.add(framework.getBundleContext().installBundle("reference:" + Path.of(jar).toUri()));
		framework.start();
		boolean failed = false;
		for (Bundle bundle : installed) {
			if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null) continue;
			try {
				bundle.start();
			} catch (Exception e) {
				failed = true;
				System.out.println("cannot start " + bundle.getSymbolicName());
				e.printStackTrace(System.out);
			}
		}
		if (failed) System.exit(1);
	}
}
