package proxy.tls.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Reloadable;
import proxy.api.tls.CertificateProvider;
import proxy.api.tls.TlsIdentity;
import proxy.pem.IdentityFolder;
import proxy.pem.PrivateFile;

/** Answers handshakes with the certificates of the folder, and looks at the folder on a thread of its own. */
@Component(name = CertificateFolder.PID, immediate = true)
@Designate(ocd = FilesConfig.class)
public final class CertificateFolder implements CertificateProvider, Reloadable {

	static final String PID = "proxy.tls.files";

	private static final Logger log = LoggerFactory.getLogger(CertificateFolder.class);
	private static final long LOOK_MILLIS = 500;

	private final FolderWatch watch;
	private final Troubles troubles;
	private final ScheduledExecutorService thread;
	private volatile Snapshot snapshot;

	@Activate
	public CertificateFolder(BundleContext context, FilesConfig config, @Reference GatewayRuntime runtime) {
		this(folder(config, context), InstantSource.system(), runtime);
	}

	CertificateFolder(Path folder, InstantSource clock, GatewayRuntime runtime) {
		IdentityFolder identities = new IdentityFolder(folder);
		try {
			PrivateFile.createFolder(folder);
			identities.recover();
		} catch (IOException e) {
			log.atWarn().addKeyValue("folder", folder).addKeyValue("reason", PrivateFile.reason(e)).log("tls: folder is not writable");
		}
		troubles = new Troubles(runtime);
		watch = new FolderWatch(identities, clock, troubles);
		snapshot = watch.look();
		thread = Executors.newSingleThreadScheduledExecutor(task -> {
			Thread worker = new Thread(task, "gatehouse-tls-files");
			worker.setDaemon(true);
			return worker;
		});
		thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
	}

	@Override
	public TlsIdentity identity(String serverName) {
		return snapshot.names().find(serverName);
	}

	@Override
	public TlsIdentity defaultIdentity() {
		return snapshot.fallback();
	}

	@Override
	public void reload() {
		thread.execute(this::look);
	}

	@Deactivate
	void stop() throws InterruptedException {
		// Not interrupted: that would look like a read error. A look takes milliseconds.
		thread.shutdown();
		thread.awaitTermination(5, TimeUnit.SECONDS);
		troubles.are(Map.of());
	}

	private void look() {
		try {
			snapshot = watch.look();
		} catch (RuntimeException e) {
			log.atError().setCause(e).log("tls: looking at the certificate folder failed");
		}
	}

	private static Path folder(FilesConfig config, BundleContext context) {
		if (!config.folder().isBlank()) {
			return Path.of(config.folder().trim()).toAbsolutePath();
		}
		String folder = context.getProperty("gatehouse.tls");
		String data = context.getProperty("gatehouse.data");
		return (folder != null ? Path.of(folder) : Path.of(data == null ? "." : data, "tls")).toAbsolutePath();
	}
}
