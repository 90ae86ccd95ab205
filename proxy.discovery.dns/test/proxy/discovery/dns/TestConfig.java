package proxy.discovery.dns;

import java.lang.annotation.Annotation;

/** A configuration as the metatype gives it, with values for tests. */
final class TestConfig implements DnsConfig {

	String[] servers;
	long minTtl = 1_000;
	long maxTtl = 10_000;
	long negativeTtl = 1_000;
	long timeout = 2_000;

	TestConfig(String... servers) {
		this.servers = servers;
	}

	@Override
	public String[] servers() {
		return servers;
	}

	@Override
	public long min_ttl_ms() {
		return minTtl;
	}

	@Override
	public long max_ttl_ms() {
		return maxTtl;
	}

	@Override
	public long negative_ttl_ms() {
		return negativeTtl;
	}

	@Override
	public long timeout_ms() {
		return timeout;
	}

	@Override
	public Class<? extends Annotation> annotationType() {
		return DnsConfig.class;
	}
}
