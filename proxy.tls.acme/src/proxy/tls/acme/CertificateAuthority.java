package proxy.tls.acme;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.Connection;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.provider.GenericAcmeProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.pem.Pem;
import proxy.pem.PemException;
import proxy.pem.PrivateFile;

/** The connection to the authority, and our account with it. Order threads; what they do with it, they do one at a time. */
final class CertificateAuthority {

	private static final Logger log = LoggerFactory.getLogger(CertificateAuthority.class);

	private final URI directory;
	private final Path caFile;
	private final List<URI> contacts;
	private final ExternalAccount external;
	private final AccountFile accounts;
	private Session session;
	private FileTime trusted;
	private Login login;
	/** The account as it was before the authority forgot it: the key is used again. */
	private KeyPair forgotten;

	CertificateAuthority(Settings settings, AccountFile accounts) {
		this.directory = settings.directory();
		this.caFile = settings.caFile();
		this.contacts = settings.contacts();
		this.external = settings.account();
		this.accounts = accounts;
	}

	/** The account, created when there is none yet. */
	synchronized Login login() throws AcmeException, IOException, Refusal {
		if (session == null) {
			session = new Session(directory, new Provider(trust()));
			session.networkSettings().setTimeout(CaConnection.TIME_LIMIT);
			session.networkSettings().setProxySelector(ProxySelector.getDefault());
		}
		if (login == null) {
			AccountFile.Account account = forgotten == null ? stored() : null;
			login = account == null ? register() : session.login(account.location(), account.keys());
		}
		return login;
	}

	/** @return null when there is none, or one that is bound to somebody else */
	private AccountFile.Account stored() throws IOException {
		AccountFile.Account account = accounts.find(directory);
		boolean ours = account != null && (external.isNone() || account.external().equals(external.keyId()));
		return ours ? account : null;
	}

	/** Connects anew the next time, if {@code ca_file} has changed: a new connection is needed to trust what it says now. */
	synchronized void trustAgain() {
		if (caFile != null && !modified(caFile).equals(trusted)) {
			session = null;
			login = null;
		}
	}

	/** Creates the account anew the next time, with the key that it had. */
	synchronized void forgetAccount() {
		if (login != null) {
			forgotten = login.getKeyPair();
			login = null;
		}
	}

	private Login register() throws AcmeException, Refusal {
		KeyPair keys = forgotten != null ? forgotten : KeyType.ECDSA.generate();
		AccountBuilder builder = new AccountBuilder().agreeToTermsOfService().useKeyPair(keys);
		contacts.forEach(builder::addContact);
		external.bind(builder);
		Login created = create(builder);
		forgotten = null;
		log.atInfo()
				.addKeyValue("directory", directory)
				.addKeyValue("account", created.getAccountLocation())
				.addKeyValue("external", external.keyId())
				.addKeyValue("terms", session.getMetadata().getTermsOfService().map(Object::toString).orElse(""))
				.log("tls: ACME account created");
		try {
			accounts.save(directory, new AccountFile.Account(created.getAccountLocation(), keys, external.keyId()));
		} catch (IOException e) {
			log.atWarn()
					.addKeyValue("reason", PrivateFile.reason(e))
					.log("tls: ACME account cannot be stored, the next start creates another");
		}
		return created;
	}

	/** What is refused while the account is bound is most likely the binding: authorities give it no type of its own. */
	private Login create(AccountBuilder builder) throws AcmeException, Refusal {
		try {
			return builder.createLogin(session);
		} catch (AcmeServerException e) {
			Trouble trouble = Trouble.of(e);
			if (external.isNone() || trouble.kind() != Trouble.Kind.DOMAIN) {
				throw e;
			}
			throw new Refusal(Trouble.Kind.BINDING, trouble.reason());
		}
	}

	/** @return null for what Java trusts */
	private SSLContext trust() throws AcmeNetworkException {
		if (caFile == null) {
			return null;
		}
		trusted = modified(caFile);
		try {
			KeyStore roots = KeyStore.getInstance("PKCS12");
			roots.load(null, null);
			for (X509Certificate root : Pem.certificates(Files.readAllBytes(caFile))) {
				roots.setCertificateEntry(root.getSerialNumber() + root.getSubjectX500Principal().getName(), root);
			}
			TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
			trust.init(roots);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, trust.getTrustManagers(), null);
			return context;
		} catch (IOException e) {
			throw new AcmeNetworkException(new SSLException(PrivateFile.reason(e), e));
		} catch (PemException | GeneralSecurityException e) {
			throw new AcmeNetworkException(new SSLException(caFile + ": " + e.getMessage(), e));
		}
	}

	private static FileTime modified(Path file) {
		try {
			return Files.getLastModifiedTime(file);
		} catch (IOException e) {
			return FileTime.fromMillis(0);
		}
	}

	/** acme4j's generic server, reached without a {@link java.util.ServiceLoader}. */
	private static final class Provider extends GenericAcmeProvider {

		private final SSLContext trust;

		Provider(SSLContext trust) {
			this.trust = trust;
		}

		@Override
		public Connection connect(URI server, NetworkSettings settings, HttpClient client) {
			return new CaConnection(createHttpConnector(settings, client));
		}

		@Override
		public HttpClient createHttpClient(NetworkSettings settings) {
			HttpClient.Builder builder = HttpClient.newBuilder()
					.followRedirects(HttpClient.Redirect.NORMAL)
					.connectTimeout(settings.getTimeout())
					.proxy(settings.getProxySelector());
			if (trust != null) {
				builder.sslContext(trust);
			}
			return builder.build();
		}
	}
}
