package proxy.log.access;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
		name = "Gatehouse: Access log",
		description = "A JSON line for every request and every TCP connection. Without this configuration there is no access log.")
@interface AccessLogSettings {

	@AttributeDefinition(name = "Enabled", description = "Whether requests and TCP connections are logged.")
	boolean enabled() default true;

	@AttributeDefinition(
			name = "Path",
			description = "The file to append to, or stdout or stderr. A relative path is below the data directory. When the file "
					+ "is moved away or deleted, a new one is made.")
	String path() default "stdout";

	@AttributeDefinition(
			name = "Secret query parameters",
			required = false,
			description = "Names of query parameters whose values are written as ***, in the target and in Referer.")
	String[] redact_query() default {
		"token", "access_token", "passkey", "torrent_pass", "authkey", "auth_key", "apikey", "api_key", "password", "secret"
	};

	@AttributeDefinition(
			name = "Secret path segments",
			required = false,
			description = "Beginnings of paths in which the segments in braces are written as ***, such as /announce/{key}.")
	String[] redact_path() default {
		"/announce/{key}", "/scrape/{key}", "/{key}/announce", "/{key}/scrape", "/api/v1/key/{key}"
	};

	@AttributeDefinition(
			name = "Buffer per event loop (KiB)",
			min = "128",
			max = "65536",
			description = "How much each event loop may have waiting for the file; what comes on top is dropped and counted.")
	int buffer_kb() default 512;
}
