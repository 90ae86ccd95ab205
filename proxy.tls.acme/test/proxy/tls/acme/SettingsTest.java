package proxy.tls.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.api.runtime.Problem;
import proxy.fixtures.Pingoo;

class SettingsTest {

	private final TestConfig config = new TestConfig();

	@Test
	@Pingoo("acme.directory")
	void areLetsEncryptByDefault() {
		config.domains = new String[] {"example.com"};
		config.directory = " ";
		Settings settings = Settings.of(config);
		assertEquals(URI.create("https://acme-v02.api.letsencrypt.org/directory"), settings.directory());
		assertEquals(KeyType.ECDSA, settings.keyType());
		assertNull(settings.caFile());
		assertNull(settings.renewBefore());
		assertEquals(List.of(), settings.problems());
	}

	@Test
	@Pingoo("acme.directory")
	void trimTheDirectoryAndItsLastSlash() {
		config.directory = " https://ca.test:14000/dir// ";
		assertEquals(URI.create("https://ca.test:14000/dir"), Settings.of(config).directory());
	}

	@ParameterizedTest
	@ValueSource(strings = {"ca.test/dir", "ftp://ca.test/dir", "https:///dir", "https://ca test/", "https://"})
	void refuseADirectoryThatIsNoAddress(String directory) {
		config.directory = directory;
		Settings settings = Settings.of(config);
		assertNull(settings.directory());
		assertEquals("tls.acme.directory_url", settings.problems().get(0).setting());
	}

	@Test
	@Pingoo("acme.contact")
	void takeMailAddressesAsContacts() {
		config.contact = new String[] {"admin@example.com", " mailto:ops@example.com", ""};
		assertEquals(
				List.of(URI.create("mailto:admin@example.com"), URI.create("mailto:ops@example.com")), Settings.of(config).contacts());
	}

	@Test
	void leaveOutWhatIsWrongAndSaySo() {
		config.domains = new String[] {"good.test", "*.test", "Good.test", "https://x.test", "a b"};
		config.contact = new String[] {"nobody"};
		config.keyType = "dsa";
		config.challenge = "dns-01";
		config.renewBeforeDays = -1;
		config.defaultDomain = "other.test";
		Settings settings = Settings.of(config);

		assertEquals(Set.of(new DomainName("good.test")), settings.domains());
		assertEquals(
				List.of(
						"tls.acme.domains[*.test]",
						"tls.acme.domains[Good.test]",
						"tls.acme.domains[https://x.test]",
						"tls.acme.domains[a b]",
						"tls.acme.contact",
						"tls.acme.key_type",
						"tls.acme.challenge",
						"tls.acme.renew_before_days",
						"tls.acme.default_domain"),
				settings.problems().stream().map(Problem::setting).toList());
		assertEquals("auto", settings.challenge());
		assertNull(settings.renewBefore());
	}

	@ParameterizedTest
	@CsvSource({"customer, '', tls.acme.eab_hmac_key_file", "'', secret, tls.acme.eab_key_id"})
	void refuseHalfAnExternalAccount(String id, String file, String setting) {
		config.eabKeyId = id;
		config.eabHmacKeyFile = file;
		Settings settings = Settings.of(config);
		assertNull(settings.directory());
		assertEquals(List.of(setting), settings.problems().stream().map(Problem::setting).toList());
	}

	@Test
	void readTheRest() {
		config.domains = new String[] {"one.test"};
		config.keyType = "RSA";
		config.renewBeforeDays = 30;
		config.defaultDomain = "One.test";
		Settings settings = Settings.of(config);
		assertEquals(KeyType.RSA, settings.keyType());
		assertEquals(Duration.ofDays(30), settings.renewBefore());
		assertEquals(new DomainName("one.test"), settings.defaultDomain());
		assertEquals(List.of(), settings.problems());
	}

	@ParameterizedTest
	@CsvSource({
		"example.com, example.com",
		"EXAMPLE.com., example.com",
		"bücher.example, xn--bcher-kva.example",
		"_under.score.test, _under.score.test",
		"localhost, localhost",
		"192.0.2.1, 1.2.0.192.in-addr.arpa",
		"2001:db8::1, 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
	})
	void namesAreChallengedInTheirAsciiForm(String configured, String challenged) {
		assertEquals(challenged, DomainName.parse(configured).challengeName());
	}
}
