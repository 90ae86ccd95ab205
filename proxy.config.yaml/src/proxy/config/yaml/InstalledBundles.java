package proxy.config.yaml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.util.tracker.BundleTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.http.HttpAction;

/**
 * What the installed bundles can be told, read from their metatype files. Bundles that are installed but not started yet
 * count: at start everything is installed before anything runs.
 */
final class InstalledBundles extends BundleTracker<AtomicReference<List<ObjectClass>>> {

	private static final Logger log = LoggerFactory.getLogger(InstalledBundles.class);
	private static final int PRESENT = Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

	private static final String COMPONENTS = "OSGI-INF/";

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
		return getTracked().keySet().stream().anyMatch(bundle -> provides(bundle, service));
	}

	private static boolean provides(Bundle bundle, Class<?> service) {
		String capabilities = bundle.getHeaders("").get("Provide-Capability");
		return capabilities != null && capabilities.contains(service.getName());
	}

	/** The words of the actions that components of installed bundles provide, be they started already or not. */
	Set<String> actions() {
		Set<String> words = new TreeSet<>();
		for (Bundle bundle : getTracked().keySet()) {
			if (provides(bundle, HttpAction.class)) {
				for (String xml : texts(bundle, COMPONENTS)) {
					ProvidedWord.in(xml, HttpAction.class, HttpAction.ACTION).ifPresent(words::add);
				}
			}
		}
		return words;
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

	/** Bundles without anything of the gateway's need not be searched, which would list all that is in them. */
	private static List<ObjectClass> read(Bundle bundle) {
		List<ObjectClass> classes = new ArrayList<>();
		String imports = bundle.getHeaders("").get(Constants.IMPORT_PACKAGE);
		if (imports == null || !imports.contains("proxy.api.")) {
			return classes;
		}
		for (String xml : texts(bundle, MetatypeXml.FOLDER)) {
			try {
				classes.addAll(MetatypeXml.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
			} catch (IOException e) {
				log.warn("cannot read the metatype of bundle {}: {}", bundle.getSymbolicName(), e.getMessage());
			}
		}
		return classes;
	}

	/** The XML files of a folder in a bundle. */
	private static List<String> texts(Bundle bundle, String folder) {
		Enumeration<String> paths = bundle.getEntryPaths(folder);
		List<String> texts = new ArrayList<>();
		for (String path : paths == null ? List.<String>of() : Collections.list(paths)) {
			URL file = path.endsWith(".xml") ? bundle.getEntry(path) : null;
			if (file != null) {
				try (InputStream xml = file.openStream()) {
					texts.add(new String(xml.readAllBytes(), StandardCharsets.UTF_8));
				} catch (IOException e) {
					log.warn("cannot read {} of bundle {}: {}", path, bundle.getSymbolicName(), e.getMessage());
				}
			}
		}
		return texts;
	}
}
