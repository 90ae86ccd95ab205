package proxy.tls.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import proxy.api.tls.TlsIdentity;
import proxy.pem.IdentityFolder;
import proxy.pem.PemException;
import proxy.pem.PrivateFile;

/**
 * One {@code NAME.pem} with its {@code NAME.key}, and what is in force of them. Files change while they are looked at,
 * and one after the other: a change that fits is taken at once, and only what is the same at two looks is judged to be
 * wrong, or gone. For one thread.
 */
final class Pair {

	private final IdentityFolder folder;
	private final String name;
	private Stamps seen;
	private boolean settled;
	private TlsIdentity identity;
	private String trouble;

	Pair(IdentityFolder folder, String name) {
		this.folder = folder;
		this.name = name;
	}

	String name() {
		return name;
	}

	/** What is in force, or null. */
	TlsIdentity identity() {
		return identity;
	}

	/** Why the files are not in force as they are, or null. */
	String trouble() {
		return trouble;
	}

	/** Whether the chain's file has gone for good. */
	boolean gone() {
		return settled && seen.chain == null;
	}

	void look() throws IOException {
		Stamps now = new Stamps(stamp(folder.chainFile(name)), stamp(folder.keyFile(name)));
		boolean unchanged = now.equals(seen);
		if (unchanged && settled && trouble == null) {
			return;
		}
		boolean judge = unchanged || seen == null;
		seen = now;
		settled = unchanged;
		if (now.chain != null) {
			load(judge);
		}
	}

	private void load(boolean judge) {
		try {
			TlsIdentity loaded = folder.load(name);
			if (identity == null || !same(loaded, identity)) {
				identity = loaded;
			}
			trouble = null;
		} catch (PemException e) {
			trouble = judge ? e.getMessage() : trouble;
		} catch (IOException e) {
			trouble = judge ? PrivateFile.reason(e) : trouble;
		}
	}

	private static boolean same(TlsIdentity one, TlsIdentity other) {
		return one.chain().equals(other.chain()) && one.key().equals(other.key());
	}

	private static Stamp stamp(Path file) throws IOException {
		try {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
			return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
		} catch (NoSuchFileException e) {
			return null;
		}
	}

	private record Stamp(FileTime modified, long size, Object file) {}

	/** Null for a file that is not there. */
	private record Stamps(Stamp chain, Stamp key) {}
}
