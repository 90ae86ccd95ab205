package proxy.tls.files;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.tls.TlsIdentity;
import proxy.pem.IdentityFolder;
import proxy.pem.PrivateFile;

/**
 * The certificate for clients that name no host or an unknown one: {@code default.pem}, any certificate that the operator
 * puts there. A self-signed one is made when there is none and before the last one made ends; files that an operator put
 * there are never overwritten, however broken. For one thread.
 */
final class DefaultCertificate {

	static final String NAME = "default";

	private static final Logger log = LoggerFactory.getLogger(DefaultCertificate.class);
	private static final Duration SAVE_AGAIN = Duration.ofMinutes(1);

	private final IdentityFolder folder;
	/** In force while the folder has none that can be used, and after it has been stored there. */
	private TlsIdentity spare;
	private Instant nextSave = Instant.MIN;
	private String trouble;

	DefaultCertificate(IdentityFolder folder) {
		this.folder = folder;
	}

	/** Why there is nothing of our own in the folder, though there should be, or null. */
	String trouble() {
		return trouble;
	}

	/** @param pair what the folder has of that name, or null */
	TlsIdentity look(Pair pair, Instant now) {
		TlsIdentity own = pair == null ? null : pair.identity();
		if (own != null && !SelfSigned.isDue(own.leaf(), now)) {
			trouble = null;
			if (spare != null && spare.chain().equals(own.chain())) {
				// read back, it would be another object, and clients could not resume their sessions
				return spare;
			}
			spare = null;
			return own;
		}
		if (spare == null || SelfSigned.isDue(spare.leaf(), now)) {
			spare = SelfSigned.create(now);
			nextSave = Instant.MIN;
		}
		if (own != null || isFree()) {
			save(now);
		}
		return spare;
	}

	private boolean isFree() {
		return !Files.exists(folder.chainFile(NAME)) && !Files.exists(folder.keyFile(NAME));
	}

	private void save(Instant now) {
		if (now.isBefore(nextSave)) {
			return;
		}
		nextSave = now.plus(SAVE_AGAIN);
		try {
			folder.save(NAME, spare.key(), spare.chain());
			trouble = null;
			log.atInfo()
					.addKeyValue("file", folder.chainFile(NAME))
					.addKeyValue("expires", spare.leaf().getNotAfter().toInstant())
					.log("tls: self-signed default certificate created");
		} catch (IOException e) {
			trouble = "the self-signed default certificate cannot be stored: " + PrivateFile.reason(e);
		}
	}
}
