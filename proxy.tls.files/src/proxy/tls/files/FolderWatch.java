package proxy.tls.files;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.tls.TlsIdentity;
import proxy.pem.CertificateNames;
import proxy.pem.IdentityFolder;
import proxy.pem.PrivateFile;

/** Looks at the folder and says what is in force after that. For one thread. */
final class FolderWatch {

	private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);

	private final IdentityFolder folder;
	private final InstantSource clock;
	private final Troubles troubles;
	private final Pairs pairs;
	private final DefaultCertificate defaultCertificate;
	/** The identities in force with the name of their file. */
	private final Map<TlsIdentity, String> inForce = new IdentityHashMap<>();
	private Snapshot snapshot;

	FolderWatch(IdentityFolder folder, InstantSource clock, Troubles troubles) {
		this.folder = folder;
		this.clock = clock;
		this.troubles = troubles;
		this.pairs = new Pairs(folder);
		this.defaultCertificate = new DefaultCertificate(folder);
	}

	/** @return the same object while nothing changes */
	Snapshot look() {
		Map<String, String> reasons = new HashMap<>();
		try {
			for (Pair gone : pairs.look()) {
				log.atInfo().addKeyValue("file", gone.name() + ".pem").log("tls: certificate removed");
			}
		} catch (IOException e) {
			// Nothing has been removed: a folder that cannot be read says nothing about what it holds.
			reasons.put("", folder.path() + " cannot be read: " + reason(e));
		}
		Instant now = clock.instant();
		TlsIdentity fallback = defaultCertificate.look(pairs.get(DefaultCertificate.NAME), now);
		if (defaultCertificate.trouble() != null) {
			reasons.put("", defaultCertificate.trouble());
		}
		boolean changed = note(now, reasons);
		if (changed || snapshot == null || snapshot.fallback() != fallback) {
			snapshot = new Snapshot(new NameTable(identities(), fallback), fallback);
		}
		troubles.are(reasons);
		return snapshot;
	}

	/** Logs what is new, collects what is wrong; returns whether other identities are in force than before. */
	private boolean note(Instant now, Map<String, String> reasons) {
		Map<TlsIdentity, String> found = new IdentityHashMap<>();
		boolean changed = false;
		for (Pair pair : pairs.all()) {
			String file = pair.name() + ".pem";
			TlsIdentity identity = pair.identity();
			if (identity != null) {
				found.put(identity, file);
				changed |= !inForce.containsKey(identity);
				if (!inForce.containsKey(identity)) {
					logLoaded(file, identity);
				}
			}
			String reason = pair.trouble() != null ? pair.trouble() : flaw(pair, now);
			if (reason != null) {
				reasons.put(file, pair.trouble() != null && identity != null
						? reason + "; the certificate loaded before stays in force" : reason);
			}
		}
		changed |= found.size() != inForce.size();
		inForce.clear();
		inForce.putAll(found);
		return changed;
	}

	private void logLoaded(String file, TlsIdentity identity) {
		log.atInfo()
				.addKeyValue("file", file)
				.addKeyValue("names", CertificateNames.of(identity.leaf()))
				.addKeyValue("expires", identity.leaf().getNotAfter().toInstant())
				.log(inForce.containsValue(file) ? "tls: certificate replaced" : "tls: certificate loaded");
	}

	private static String flaw(Pair pair, Instant now) {
		if (pair.identity() == null) {
			return null;
		}
		Instant end = pair.identity().leaf().getNotAfter().toInstant();
		Instant start = pair.identity().leaf().getNotBefore().toInstant();
		if (end.isBefore(now)) {
			return "the certificate expired at " + end + "; clients will refuse it";
		}
		if (start.isAfter(now)) {
			return "the certificate is not valid before " + start + "; clients will refuse it";
		}
		if (CertificateNames.of(pair.identity().leaf()).isEmpty() && !pair.name().equals(DefaultCertificate.NAME)) {
			return "the certificate is for no host: it has no subject alternative name";
		}
		return null;
	}

	private List<TlsIdentity> identities() {
		List<TlsIdentity> identities = new ArrayList<>();
		for (Pair pair : pairs.all()) {
			if (pair.identity() != null && !pair.name().equals(DefaultCertificate.NAME)) {
				identities.add(pair.identity());
			}
		}
		return identities;
	}

	private static String reason(IOException e) {
		if (e instanceof NoSuchFileException || e instanceof NotDirectoryException) {
			return "there is no such folder";
		}
		return PrivateFile.reason(e);
	}
}
