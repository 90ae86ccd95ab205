package proxy.tls.acme;

import java.lang.annotation.Annotation;
import java.nio.file.Path;

/** A configuration as the metatype gives it, with values for tests. */
final class TestConfig implements AcmeConfig {

	String[] domains = {};
	String directory = AcmeConfig.LETS_ENCRYPT;
	String caFile = "";
	String[] contact = {};
	String eabKeyId = "";
	String eabHmacKeyFile = "";
	String profile = "";
	String keyType = "ecdsa";
	String challenge = "auto";
	int renewBeforeDays;
	String defaultDomain = "";

	static TestConfig of(String directory, Path caFile, String... domains) {
		TestConfig config = new TestConfig();
		config.directory = directory;
		config.caFile = caFile.toString();
		config.domains = domains;
		return config;
	}

	@Override
	public String[] domains() {
		return domains;
	}

	@Override
	public String directory_url() {
		return directory;
	}

	@Override
	public String ca_file() {
		return caFile;
	}

	@Override
	public String[] contact() {
		return contact;
	}

	@Override
	public String eab_key_id() {
		return eabKeyId;
	}

	@Override
	public String eab_hmac_key_file() {
		return eabHmacKeyFile;
	}

	@Override
	public String profile() {
		return profile;
	}

	@Override
	public String key_type() {
		return keyType;
	}

	@Override
	public String challenge() {
		return challenge;
	}

	@Override
	public int renew_before_days() {
		return renewBeforeDays;
	}

	@Override
	public String default_domain() {
		return defaultDomain;
	}

	@Override
	public Class<? extends Annotation> annotationType() {
		return AcmeConfig.class;
	}
}
