package proxy.discovery.docker;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
		name = "Gatehouse: Docker discovery",
		description = "Makes running containers upstreams of the service that their label pingoo.service or gatehouse.service"
				+ " names; pingoo.port or gatehouse.port says the port when the container exposes more than one.")
@interface DockerConfig {

	@AttributeDefinition(
			name = "Socket",
			required = false,
			description = "The Docker engine's socket: a path, unix:///path or tcp://host:port; empty turns the discovery off.")
	String socket() default "/var/run/docker.sock";
}
