package proxy.core.gateway;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(name = "Gatehouse: Listener", description = "An address where connections are accepted.")
@interface ListenerConfig {

	String webconsole_configurationFactory_nameHint() default "{name}: {address}";

	@AttributeDefinition(description = "The listener's name.")
	String name();

	@AttributeDefinition(
			description =
					"Where to listen: http://, https://, tcp:// or tcp+tls://, an IP address ([::] for IPv4 and IPv6), a port.")
	String address() default "http://0.0.0.0:80";

	@AttributeDefinition(description = "The services offered here, in order; none means all.")
	String[] services() default {};

	@AttributeDefinition(
			description = "The oldest TLS version accepted.",
			options = {@Option(label = "TLS 1.3", value = "1.3"), @Option(label = "TLS 1.2", value = "1.2")})
	String tls_min_version() default "1.3";

	@AttributeDefinition(description = "Whether HTTP/2 is offered on https.")
	boolean http2() default true;

	@AttributeDefinition(description = "Whether an http listener answers every request with a redirect to https (308).")
	boolean https_redirect() default false;

	@AttributeDefinition(description = "The port of https as clients know it, for the redirect.", min = "1", max = "65535")
	int https_redirect_port() default 443;

	@AttributeDefinition(description = "The application protocols (ALPN) accepted on tcp+tls, in order; none by default.")
	String[] alpn() default {};

	@AttributeDefinition(
			description =
					"Time limit for a TLS handshake, for a PROXY header and for a ClientHello that a route asks about, in milliseconds.",
			min = "1")
	int handshake_timeout_ms() default 10_000;

	@AttributeDefinition(description = "Time limit for a request's head, from its first octet, in milliseconds.", min = "1")
	long head_timeout_ms() default 10_000;

	@AttributeDefinition(description = "How long a connection may wait for its next request, in milliseconds.", min = "0")
	long idle_timeout_ms() default 75_000;

	@AttributeDefinition(
			description = "How long content may stand still in either direction, in milliseconds.", min = "1")
	long stall_timeout_ms() default 60_000;

	@AttributeDefinition(
			description =
					"How many octets a second of a request's content have to come, on average while they are waited for and after"
							+ " 5 s; 0 for none, since some clients stream rarely.",
			min = "0")
	long min_content_rate() default 0;

	@AttributeDefinition(description = "The largest head of a request, in octets.", min = "256")
	int max_head_size() default 32_768;

	@AttributeDefinition(description = "The most connections at once.", min = "1")
	int max_connections() default 100_000;

	@AttributeDefinition(
			description =
					"IP addresses and networks of proxies in front whose X-Forwarded-For and PROXY headers are believed.")
	String[] trusted_proxies() default {};

	@AttributeDefinition(
			description =
					"Whether trusted proxies begin every connection with a PROXY header (version 1 or 2) that names the client.")
	boolean proxy_protocol() default false;

	@AttributeDefinition(description = "Whether another process may listen at the same address (SO_REUSEPORT).")
	boolean reuse_port() default true;

	@AttributeDefinition(description = "Connections that the kernel keeps until they are accepted.")
	int backlog() default 4096;
}
