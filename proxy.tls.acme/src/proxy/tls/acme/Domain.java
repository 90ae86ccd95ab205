package proxy.tls.acme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.tls.TlsIdentity;
import proxy.pem.CertificateNames;
import proxy.pem.IdentityFolder;
import proxy.pem.PemException;
import proxy.pem.PrivateFile;

/** What is known of one domain: its certificate, and when to ask for the next. For the control thread. */
final class Domain {

	private static final Logger log = LoggerFactory.getLogger(Domain.class);
	/** Not more than two orders a day, whatever the clock says of a new certificate's life. */
	private static final Duration LEAST_AFTER_ISSUE = Duration.ofHours(12);
	private static final Duration LONGEST_WAIT = Duration.ofHours(24);
	private static final Duration SAVE_AGAIN = Duration.ofMinutes(1);
	private static final FileTime NONE = FileTime.fromMillis(0);

	private final DomainName name;
	private final IdentityFolder folder;
	private List<FileTime> seen = List.of();
	/** The files were unusable at the last look; they may be in the middle of a change. */
	private boolean suspect;
	private TlsIdentity identity;
	/** The files have gone, which is how one asks for a new certificate by hand; the old one is served until then. */
	private boolean deleted;
	private Suggestion suggestion;
	private Instant nextSave;
	private Instant notBefore = Instant.MIN;
	private int failures;
	private boolean ordering;
	private String trouble;

	Domain(DomainName name, IdentityFolder folder) {
		this.name = name;
		this.folder = folder;
	}

	DomainName name() {
		return name;
	}

	/** What is served, or null. */
	TlsIdentity identity() {
		return identity;
	}

	boolean ordering() {
		return ordering;
	}

	/** Refusals in a row. */
	int failures() {
		return failures;
	}

	/** Why there is no certificate, or no new one, or it is not stored; or null. */
	String trouble() {
		return trouble;
	}

	/** Takes what the folder has, if that changed; stores what could not be stored before. */
	void look(Instant now) {
		if (nextSave != null) {
			if (!now.isBefore(nextSave)) {
				save(now);
			}
			return;
		}
		List<FileTime> found = List.of(modified(folder.chainFile(name.text())), modified(folder.keyFile(name.text())));
		if (found.equals(seen)) {
			return;
		}
		seen = found;
		deleted = found.get(0).equals(NONE);
		if (deleted) {
			notBefore = Instant.MIN;
		} else {
			load();
		}
	}

	private void load() {
		try {
			TlsIdentity loaded = folder.load(name.text());
			if (!CertificateNames.of(loaded.leaf()).contains(name.text())) {
				throw new PemException("it is for " + CertificateNames.of(loaded.leaf()));
			}
			if (identity == null || !identity.chain().equals(loaded.chain())) {
				identity = loaded;
				suggestion = null;
			}
			suspect = false;
		} catch (PemException e) {
			unusable(e.getMessage());
		} catch (IOException e) {
			unusable(PrivateFile.reason(e));
		}
	}

	private void unusable(String reason) {
		suspect = !suspect;
		if (suspect) {
			seen = List.of();
			return;
		}
		log.atWarn()
				.addKeyValue("file", folder.chainFile(name.text()))
				.addKeyValue("reason", reason)
				.log("tls: stored certificate cannot be used");
	}

	/**
	 * When the next order is due, as far as the domain itself is concerned.
	 *
	 * @param replace whether what there is is not wanted any more
	 */
	Instant due(Duration renewBefore, boolean replace, Instant now) {
		if (notBefore.isAfter(now.plus(LONGEST_WAIT))) {
			// The clock has been put back.
			notBefore = now;
		}
		if (identity == null || deleted || replace) {
			return notBefore;
		}
		Instant due = RenewalTime.of(identity.leaf(), renewBefore, suggestion == null ? null : suggestion.renewAt());
		return due.isAfter(notBefore) ? due : notBefore;
	}

	/** Whether the authority should be asked when it wants the certificate renewed. */
	boolean wantsSuggestion(Instant now) {
		return identity != null && !ordering && (suggestion == null || !now.isBefore(suggestion.askAgain()));
	}

	/** @param about the certificate it is about; too late if that is another one by now */
	void suggested(TlsIdentity about, Suggestion answer) {
		if (about != identity) {
			return;
		}
		suggestion = answer;
	}

	/** Forgets what has been refused: somebody has changed something. */
	void tryAgain() {
		failures = 0;
		notBefore = Instant.MIN;
		trouble = null;
	}

	void started() {
		ordering = true;
	}

	/** The order came to nothing, which was not this domain's fault. */
	void abandoned() {
		ordering = false;
	}

	void issued(TlsIdentity fresh, Instant now) {
		ordering = false;
		failures = 0;
		trouble = null;
		deleted = false;
		identity = fresh;
		suggestion = null;
		Duration third = Duration.between(fresh.leaf().getNotBefore().toInstant(), fresh.leaf().getNotAfter().toInstant())
				.dividedBy(3);
		notBefore = now.plus(third.compareTo(LEAST_AFTER_ISSUE) < 0 ? third : LEAST_AFTER_ISSUE);
		save(now);
	}

	/**
	 * @param random from 0 to 1
	 * @param otherWay whether there is another challenge to try
	 */
	void refused(Trouble refusal, Instant now, double random, boolean otherWay) {
		ordering = false;
		failures++;
		notBefore = now.plus(otherWay && failures == 1 ? Pauses.OTHER_WAY : Pauses.refused(failures, random));
		if (refusal.retryAfter() != null && refusal.retryAfter().isAfter(notBefore)) {
			Instant latest = now.plus(LONGEST_WAIT);
			notBefore = refusal.retryAfter().isBefore(latest) ? refusal.retryAfter() : latest;
		}
		trouble = refusal.reason();
	}

	private void save(Instant now) {
		try {
			folder.save(name.text(), identity.key(), identity.chain());
			nextSave = null;
			trouble = null;
			seen = List.of(modified(folder.chainFile(name.text())), modified(folder.keyFile(name.text())));
			log.atInfo()
					.addKeyValue("domain", name)
					.addKeyValue("expires", identity.leaf().getNotAfter().toInstant())
					.log("tls: ACME TLS certificate successfully saved");
		} catch (IOException e) {
			nextSave = now.plus(SAVE_AGAIN);
			trouble = "the new certificate is served, but cannot be stored: " + PrivateFile.reason(e);
			log.atError().addKeyValue("domain", name).addKeyValue("reason", PrivateFile.reason(e)).log("tls: certificate cannot be stored");
		}
	}

	private static FileTime modified(Path file) {
		try {
			return Files.getLastModifiedTime(file);
		} catch (IOException e) {
			return NONE;
		}
	}
}
