package proxy.discovery.dns;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
		name = "Gatehouse: DNS discovery",
		description = "Looks the names of upstreams up again as often as their DNS records say. What was found last stays in use while no"
				+ " server answers.")
@interface DnsConfig {

	@AttributeDefinition(
			required = false,
			description = "Name servers in order, an IP address each, with a port where it is not 53 (10.0.0.53:5353, [::1]:53); none for"
					+ " the system's, of /etc/resolv.conf.")
	String[] servers() default {};

	@AttributeDefinition(
			description = "How long an answer is valid at least, in milliseconds, whatever its records say.",
			min = "100")
	long min_ttl_ms() default 1_000;

	@AttributeDefinition(
			description = "How long an answer is valid at most, in milliseconds, whatever its records say; Docker's own server says ten"
					+ " minutes for addresses that may change any time.",
			min = "100")
	long max_ttl_ms() default 10_000;

	@AttributeDefinition(
			description = "How soon to ask again for a name that does not exist, in milliseconds.",
			min = "100")
	long negative_ttl_ms() default 1_000;

	@AttributeDefinition(
			description = "How long to wait for a server's answer before the next one is asked, in milliseconds.",
			min = "100")
	long timeout_ms() default 2_000;
}
