package proxy.captcha;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;
import proxy.pem.PrivateFile;

/**
 * The keys in force and the file that they come from: made when it is missing, read again when it has changed. What cannot
 * be read or written is a problem, and the keys in force stay.
 */
final class KeyWatch {

	private static final Logger log = LoggerFactory.getLogger(KeyWatch.class);
	private static final String SETTING = "captcha.key_file";
	private static final long PERIOD_MILLIS = 1_000;

	private final GatewayRuntime runtime;
	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
		Thread created = new Thread(task, "gatehouse-captcha");
		created.setDaemon(true);
		return created;
	});
	/** Null while nobody needs keys. */
	private Path file;
	private Future<?> looking;
	private Object seen;
	private String trouble;
	/** The keys in force have never been in the file. */
	private boolean unkept;
	private volatile KeySet keys;

	KeyWatch(GatewayRuntime runtime) {
		this.runtime = runtime;
	}

	/** Takes the keys of this file, at once and whenever it changes. */
	synchronized void watch(Path now) {
		if (now.equals(file)) {
			return;
		}
		boolean first = file == null;
		file = now;
		seen = null;
		look();
		if (first) {
			looking = thread.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	/** Nobody needs keys any more: the file is left alone, and no trouble. */
	synchronized void rest() {
		if (file != null) {
			looking.cancel(false);
			file = null;
			trouble(null);
		}
	}

	/** Null as long as no file was ever watched. */
	KeySet keys() {
		return keys;
	}

	synchronized void stop() {
		thread.shutdownNow();
		runtime.clear(SETTING);
	}

	void lookSoon() {
		thread.execute(this::look);
	}

	synchronized void look() {
		if (file == null) {
			return;
		}
		try {
			Object look = glance();
			if (!look.equals(seen)) {
				keys = KeySet.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
				seen = look;
				unkept = false;
				log.atInfo().addKeyValue("file", file).addKeyValue("keys", keys.size()).log("captcha: keys loaded");
			}
			trouble(null);
		} catch (NoSuchFileException missing) {
			create();
		} catch (IOException e) {
			inForce(PrivateFile.reason(e));
		} catch (IllegalArgumentException e) {
			inForce(file + " is no usable key set: " + e.getMessage());
		}
	}

	/** Equal as long as the file does not change. */
	private Object glance() throws IOException {
		BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
		return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
	}

	/** A file that somebody removed is made with another key: that is how cookies are revoked. */
	private void create() {
		if (keys == null || seen != null) {
			keys = KeySet.generate();
			seen = null;
			unkept = true;
		}
		try {
			PrivateFile.createFolder(file.toAbsolutePath().getParent());
			PrivateFile.write(file, keys.json());
			seen = glance();
			unkept = false;
			log.atInfo().addKeyValue("file", file).log("captcha: key file created");
			trouble(null);
		} catch (IOException e) {
			trouble(PrivateFile.reason(e) + "; visitors have to solve the captcha again after a restart");
		}
	}

	private void inForce(String reason) {
		if (keys == null) {
			keys = KeySet.generate();
			unkept = true;
		}
		trouble(reason + (unkept
				? "; a key made for now is in force, and visitors have to solve the captcha again after a restart"
				: "; the keys loaded before stay in force"));
	}

	/** Says it once. */
	private void trouble(String now) {
		if (now == null && trouble != null) {
			runtime.clear(SETTING);
		} else if (now != null && !now.equals(trouble)) {
			runtime.report(new Problem(SETTING, now));
			log.atWarn().addKeyValue("setting", SETTING).addKeyValue("reason", now).log("captcha: key file cannot be used");
		}
		trouble = now;
	}
}
