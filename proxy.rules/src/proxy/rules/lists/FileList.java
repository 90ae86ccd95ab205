package proxy.rules.lists;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;
import proxy.api.runtime.Reloadable;
import proxy.rules.value.Type;

/** A list whose elements are in a file. Reads it at once, and again whenever it has changed and then rests. */
@Component(
		service = Reloadable.class,
		configurationPid = "proxy.list",
		configurationPolicy = ConfigurationPolicy.REQUIRE,
		immediate = true)
@Designate(ocd = ListConfig.class, factory = true)
public final class FileList implements Reloadable {

	private static final Logger LOG = LoggerFactory.getLogger(FileList.class);
	/** How many times longer than sorting out what has expired the pause after it is at least. */
	private static final long MIN_REST = 20;
	/** Before what could not be sorted out is tried again. */
	private static final long PAUSE_MS = 60_000;

	private final GatewayRuntime runtime;
	private final String setting;
	private final Type type;
	private final Path file;
	private final ListSlot slot;
	private final ListWatch watch;
	private final ScheduledFuture<?> looking;

	private final InstantSource clock;

	private FileLook read;
	private FileLook last;
	/** What the file held; null when nothing of it will expire. */
	private ListEntries expiring;
	private long nextEnd;

	@Activate
	public FileList(
			@Reference GatewayRuntime runtime,
			@Reference ListDirectory directory,
			@Reference ListWatch watch,
			BundleContext context,
			ListConfig config) {
		this(runtime, directory, watch, context.getProperty("gatehouse.config"), InstantSource.system(), config);
	}

	/** @param configurationFile beside which a relative path is looked for, or null */
	FileList(
			GatewayRuntime runtime,
			ListDirectory directory,
			ListWatch watch,
			String configurationFile,
			InstantSource clock,
			ListConfig config) {
		this.runtime = runtime;
		this.clock = clock;
		setting = "lists." + config.name();
		runtime.clear(setting);
		require(!config.name().isBlank(), "name", "a list needs a name");
		require(!config.file().isBlank(), "file", "a list needs a file");
		type = type(config.type());
		file = path(config.file(), configurationFile);
		slot = directory.slot(config.name());
		read();
		this.watch = watch;
		looking = watch.every(this::look);
	}

	private Path path(String name, String configurationFile) {
		try {
			Path path = Path.of(name.strip());
			return configurationFile == null ? path : Path.of(configurationFile).toAbsolutePath().resolveSibling(path);
		} catch (InvalidPathException e) {
			throw refused("file", "'" + name + "' is no path");
		}
	}

	private Type type(String name) {
		return typeOf(name).orElseThrow(() -> refused("type", "'" + name + "' is none of String, Int, Ip"));
	}

	private static Optional<Type> typeOf(String name) {
		switch (name.toLowerCase(Locale.ROOT)) {
			case "string":
				return Optional.of(Type.STRING);
			case "int":
				return Optional.of(Type.INT);
			case "ip":
				return Optional.of(Type.IP);
			default:
				return Optional.empty();
		}
	}

	/** Reads the file of a list, and forgets it; empty when that went well, or the type is none. */
	public static Optional<String> wrongWith(String type, Path file) {
		Optional<Type> elements = typeOf(type);
		try {
			if (elements.isPresent()) {
				CsvList.read(file, elements.get());
			}
			return Optional.empty();
		} catch (UnreadableList e) {
			return Optional.of(e.getMessage());
		}
	}

	private void require(boolean fine, String attribute, String reason) {
		if (!fine) {
			throw refused(attribute, reason);
		}
	}

	private IllegalArgumentException refused(String attribute, String reason) {
		Problem problem = new Problem(setting + "." + attribute, reason);
		runtime.report(problem);
		return new IllegalArgumentException(problem.toString());
	}

	/** On the watching thread. A file that changed since the last look may still be written. */
	private void look() {
		FileLook now = FileLook.at(file);
		if (!now.equals(read) && now.equals(last)) {
			read();
		} else if (expiring != null && clock.millis() >= nextEnd) {
			expire();
		}
		last = now;
	}

	/** Whoever asks for it has written the file whole. */
	@Override
	public void reload() {
		watch.soon(() -> {
			if (!FileLook.at(file).equals(read)) {
				read();
			}
		});
	}

	private void read() {
		read = FileLook.at(file);
		try {
			ListEntries entries = CsvList.read(file, type);
			int elements = put(entries);
			runtime.clear(setting + ".file");
			LOG.atInfo().addKeyValue("list", slot.name()).addKeyValue("elements", elements).log("lists: list successfully loaded");
			if (entries.hasEndAsComment(clock.millis())) {
				LOG.atWarn().addKeyValue("list", slot.name())
						.log("lists: a time in the second column is a comment; until when an element counts is in the third");
			}
		} catch (UnreadableList e) {
			unreadable(e.getMessage());
		} catch (OutOfMemoryError e) {
			unreadable(file + " is too long for the memory there is: Java's heap is "
					+ (Runtime.getRuntime().maxMemory() >> 20) + " MB at most");
		}
	}

	private void unreadable(String reason) {
		String consequence = slot.isLoaded() ? "; what was read before stays in force" : "";
		runtime.report(new Problem(setting + ".file", reason + consequence));
	}

	private void expire() {
		int before = slot.content().elements().size();
		// unless this works out
		nextEnd = clock.millis() + PAUSE_MS;
		int left = put(expiring);
		LOG.atInfo().addKeyValue("list", slot.name()).addKeyValue("expired", before - left).addKeyValue("elements", left)
				.log("lists: elements expired");
	}

	/** Puts what counts now in force, and returns how many that are. */
	private int put(ListEntries entries) {
		long now = clock.millis();
		long began = System.nanoTime();
		ListContent content = entries.at(now);
		slot.put(content);
		long end = entries.nextEnd(now);
		expiring = end == ListEntries.NEVER ? null : entries;
		// to sort out a long list takes a while: not at every end, if there are many
		nextEnd = Math.max(end, now + MIN_REST * (System.nanoTime() - began) / 1_000_000);
		return content.elements().size();
	}

	/** The slot keeps what it holds: expressions that still name the list go on with it. */
	@Deactivate
	void stop() {
		looking.cancel(false);
		runtime.clear(setting);
	}
}
