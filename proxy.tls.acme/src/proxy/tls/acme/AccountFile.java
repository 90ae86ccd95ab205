package proxy.tls.acme;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.pem.Pem;
import proxy.pem.PemException;
import proxy.pem.PrivateFile;

/**
 * The accounts with authorities, in {@code acme.json}, in Pingoo's format: by directory URL the account's URL and its
 * private key. What else the file holds is kept.
 */
final class AccountFile {

	private static final Logger log = LoggerFactory.getLogger(AccountFile.class);

	/** Ours alone: which of the authority's customers the account is bound to. */
	private static final String EXTERNAL = "eab_key_id";

	private final Path file;

	AccountFile(Path folder) {
		this.file = folder.resolve("acme.json");
	}

	/** @param external the identifier of the authority's customer that it is bound to, "" for none */
	record Account(URL location, KeyPair keys, String external) {}

	/** @return null when there is none for the directory */
	Account find(URI directory) throws IOException {
		if (!(accounts(read()).get(directory.toString()) instanceof Map<?, ?> account)) {
			return null;
		}
		try {
			byte[] key = Base64.getDecoder().decode(standard(String.valueOf(account.get("key"))));
			return new Account(
					new URL(String.valueOf(account.get("id"))),
					keyPair(PrivateKeyInfo.getInstance(key)),
					account.get(EXTERNAL) instanceof String external ? external : "");
		} catch (MalformedURLException | PemException | GeneralSecurityException | RuntimeException e) {
			setAside(e);
			return null;
		}
	}

	void save(URI directory, Account account) throws IOException {
		Map<String, Object> content = read();
		Map<String, Object> entry = new LinkedHashMap<>();
		entry.put("id", account.location().toString());
		if (!account.external().isEmpty()) {
			entry.put(EXTERNAL, account.external());
		}
		entry.put("key", Base64.getEncoder().encodeToString(account.keys().getPrivate().getEncoded()));
		Map<String, Object> accounts = accounts(content);
		accounts.remove(directory.toString());
		accounts.put(directory.toString(), entry);
		PrivateFile.createFolder(file.getParent());
		PrivateFile.write(file, JsonUtil.toJson(content).getBytes(StandardCharsets.UTF_8));
	}

	private Map<String, Object> read() throws IOException {
		if (Files.exists(file)) {
			try {
				return JsonUtil.parseJson(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
			} catch (JoseException e) {
				setAside(e);
			}
		}
		Map<String, Object> content = new LinkedHashMap<>();
		content.put("version", "1");
		return content;
	}

	/** A damaged file must not end the renewals, nor be lost: a new account takes its place. */
	private void setAside(Exception damage) throws IOException {
		Path aside = file.resolveSibling("acme.json.damaged");
		Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
		log.atWarn()
				.addKeyValue("file", file)
				.addKeyValue("kept", aside)
				.addKeyValue("reason", damage.getMessage())
				.log("tls: ACME account file is damaged, a new account is created");
	}

	private static Map<String, Object> accounts(Map<String, Object> content) {
		return child(child(content, "data"), "accounts");
	}

	/** Maps that were parsed refuse to have an entry replaced, hence the removals. */
	@SuppressWarnings("unchecked")
	private static Map<String, Object> child(Map<String, Object> parent, String name) {
		if (!(parent.get(name) instanceof Map<?, ?>)) {
			parent.remove(name);
			parent.put(name, new LinkedHashMap<String, Object>());
		}
		return (Map<String, Object>) parent.get(name);
	}

	/** Base64 of either alphabet, padded or not, as padded standard Base64. */
	private static String standard(String base64) {
		String text = base64.replace('-', '+').replace('_', '/').replace("=", "");
		return text + "=".repeat((4 - text.length() % 4) % 4);
	}

	private static KeyPair keyPair(PrivateKeyInfo info) throws IOException, PemException, GeneralSecurityException {
		PrivateKey privateKey = Pem.privateKey(info);
		byte[] publicInfo = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey(PrivateKeyFactory.createKey(info)))
				.getEncoded();
		PublicKey publicKey =
				KeyFactory.getInstance(privateKey.getAlgorithm()).generatePublic(new X509EncodedKeySpec(publicInfo));
		return new KeyPair(publicKey, privateKey);
	}

	private static AsymmetricKeyParameter publicKey(AsymmetricKeyParameter privateKey) throws PemException {
		if (privateKey instanceof ECPrivateKeyParameters ec) {
			return new ECPublicKeyParameters(ec.getParameters().getG().multiply(ec.getD()).normalize(), ec.getParameters());
		}
		if (privateKey instanceof RSAPrivateCrtKeyParameters rsa) {
			return new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
		}
		throw new PemException("the account's key is neither ECDSA nor RSA");
	}
}
