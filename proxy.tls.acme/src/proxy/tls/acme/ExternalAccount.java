package proxy.tls.acme;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.shredzone.acme4j.AccountBuilder;
import proxy.api.runtime.Problem;
import proxy.pem.PrivateFile;

/**
 * The authority's customer that the account is to be bound to (RFC 8555 section 7.3.4). Its secret is in a file, since
 * settings are shown in many places, and nothing keeps it.
 *
 * @param keyId what the authority calls it, "" for none
 * @param keyFile where its secret is, null for none
 */
record ExternalAccount(String keyId, Path keyFile) {

	/** What authorities agree on, whatever the length of the key. */
	private static final String ALGORITHM = "HS256";

	/** @return null when the settings do not fit together, which is told */
	static ExternalAccount of(String keyId, String keyFile, List<Problem> problems) {
		String id = keyId.trim();
		String file = keyFile.trim();
		if (id.isEmpty() == file.isEmpty()) {
			return new ExternalAccount(id, file.isEmpty() ? null : Path.of(file).toAbsolutePath());
		}
		problems.add(new Problem(
				"tls.acme." + (id.isEmpty() ? "eab_key_id" : "eab_hmac_key_file"),
				"is missing, eab_key_id and eab_hmac_key_file need each other; no certificates are ordered"));
		return null;
	}

	boolean isNone() {
		return keyFile == null;
	}

	void bind(AccountBuilder builder) throws Refusal {
		if (!isNone()) {
			builder.withKeyIdentifier(keyId, new SecretKeySpec(secret(), "HMAC")).withMacAlgorithm(ALGORITHM);
		}
	}

	/** Base64 of either alphabet, padded or not. */
	private byte[] secret() throws Refusal {
		try {
			String text = Files.readString(keyFile, StandardCharsets.ISO_8859_1).strip();
			return Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_').replaceAll("=+$", ""));
		} catch (IOException e) {
			throw new Refusal(Trouble.Kind.BINDING, "its secret cannot be read: " + PrivateFile.reason(e));
		} catch (IllegalArgumentException withSomeOfTheSecret) {
			throw new Refusal(Trouble.Kind.BINDING, "its secret in " + keyFile + " is not in base64url");
		}
	}
}
