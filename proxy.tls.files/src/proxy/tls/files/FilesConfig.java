package proxy.tls.files;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
		name = "Gatehouse: TLS certificate files",
		description = "Serves the certificates of a folder: each NAME.pem (chain, leaf first) with its NAME.key. New and replaced"
				+ " files are in force within a second.")
@interface FilesConfig {

	@AttributeDefinition(
			name = "Folder",
			required = false,
			description = "Folder with the certificates; empty for the folder 'tls' in the data directory.")
	String folder() default "";
}
