package proxy.service.files;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(name = "Gatehouse: Static site", description = "Serves the files of a folder.")
@interface StaticConfig {

	String webconsole_configurationFactory_nameHint() default "{name}: {root}";

	@AttributeDefinition(description = "The service's name.")
	String name();

	@AttributeDefinition(description = "Which requests are this service's, as an expression; empty for all.")
	String route() default "";

	@AttributeDefinition(description = "The folder with the files; a relative path is looked for beside the configuration file.")
	String root();

	@AttributeDefinition(description = "The files that stand for a folder; the first one that exists does.")
	String[] index() default {"index.html"};

	@AttributeDefinition(description = "Whether /page is answered with the file page.html where there is no file page.")
	boolean html_completion() default true;

	@AttributeDefinition(description = "The file, below root, that is served where there is none; empty for a line of text.")
	String not_found_file() default "";

	@AttributeDefinition(
			description = "The status that not_found_file is served with; 200 makes it the page of an application with routes of its own.")
	int not_found_status() default 404;

	@AttributeDefinition(description = "The Cache-Control field of files; empty for none.")
	String cache_control() default "public, no-cache, must-revalidate";

	@AttributeDefinition(description = "Whether text and the like are compressed (gzip) for clients that want it.")
	boolean compression() default true;

	@AttributeDefinition(description = "The smallest file that is compressed, in octets.", min = "0")
	int compression_min_size() default 1_024;

	@AttributeDefinition(description = "The largest file that is compressed, in octets.", min = "0", max = "67108864")
	int compression_max_size() default 4_000_000;

	@AttributeDefinition(
			description = "Compressed forms that lie beside a file and are not older than it: NAME.br, NAME.zst, NAME.gz; the first"
					+ " that the client likes best is sent.",
			options = {@Option("br"), @Option("zstd"), @Option("gzip")})
	String[] precompressed() default {"br", "zstd", "gzip"};

	@AttributeDefinition(description = "More media types by a file's extension, such as glb=model/gltf-binary.")
	String[] types() default {};

	@AttributeDefinition(description = "The charset that text is said to be in; empty to say nothing.")
	String charset() default "utf-8";

	@AttributeDefinition(description = "Whether browsers are told to believe the media type (X-Content-Type-Options: nosniff).")
	boolean nosniff() default true;

	@AttributeDefinition(description = "Whether names that begin with a dot are served; .well-known always is.")
	boolean hidden_files() default false;

	@AttributeDefinition(
			description = "Which symbolic links are followed.",
			options = {
				@Option(label = "those that lead to something below root", value = "inside"),
				@Option(label = "none", value = "never"),
				@Option(label = "all", value = "anywhere")
			})
	String symlinks() default "inside";

	@AttributeDefinition(description = "Files up to this size are kept in memory, in octets; 0 for none.", min = "0", max = "67108864")
	int memory_file_size() default 500_000;

	@AttributeDefinition(
			description = "How long a file that was looked at is taken to be unchanged, in milliseconds; 0 to look for every request.",
			min = "0", max = "3600000")
	int recheck_ms() default 250;
}
