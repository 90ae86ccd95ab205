package proxy.config.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.util.tracker.BundleTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the installed bundles can be told, read from their metatype files. Bundles that are installed but not started yet
 * count: at start everything is installed before anything runs.
 */
final class InstalledBundles extends BundleTracker<AtomicReference<List<ObjectClass>>> {

	private static final Logger log = LoggerFactory.getLogger(InstalledBundles.class);
	private static final int PRESENT = Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

	private final Runnable changed;

	/** @param changed called on the thread of the framework's event */
	InstalledBundles(BundleContext context, Runnable changed) {
		super(context, PRESENT, null);
		this.changed = changed;
	}

	Schema schema() {
		return new Schema(getTracked().values().stream().flatMap(classes -> classes.get().stream()).toList());
	}

	/** Whether an installed bundle says that it provides the service, be it started already or not. */
	boolean willProvide(Class<?> service) {
		return getTracked().keySet().stream().map(bundle -> bundle.getHeaders("").get("Provide-Capability"))
				.anyMatch(capabilities -> capabilities != null && capabilities.contains(service.getName()));
	}

	@Override
	public AtomicReference<List<ObjectClass>> addingBundle(Bundle bundle, BundleEvent event) {
		AtomicReference<List<ObjectClass>> classes = new AtomicReference<>(List.of());
		replace(classes, read(bundle));
		return classes;
	}

	@Override
	public void modifiedBundle(Bundle bundle, BundleEvent event, AtomicReference<List<ObjectClass>> classes) {
		if (event != null && event.getType() == BundleEvent.UPDATED) {
			replace(classes, read(bundle));
		}
	}

	@Override
	public void removedBundle(Bundle bundle, BundleEvent event, AtomicReference<List<ObjectClass>> classes) {
		replace(classes, List.of());
	}

	private void replace(AtomicReference<List<ObjectClass>> classes, List<ObjectClass> now) {
		if (!classes.getAndSet(now).equals(now)) {
			changed.run();
		}
	}

	private static List<ObjectClass> read(Bundle bundle) {
		Enumeration<String> paths = bundle.getEntryPaths(MetatypeXml.FOLDER);
		List<ObjectClass> classes = new ArrayList<>();
		for (String path : paths == null ? List.<String>of() : Collections.list(paths)) {
			URL file = path.endsWith(".xml") ? bundle.getEntry(path) : null;
			if (file != null) {
				try (InputStream xml = file.openStream()) {
					classes.addAll(MetatypeXml.read(xml));
				} catch (IOException e) {
					log.warn("cannot read {} of bundle {}: {}", path, bundle.getSymbolicName(), e.getMessage());
				}
			}
		}
		return classes;
	}
}
