package proxy.config.yaml;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import proxy.api.rule.ExpressionLanguage;

/** Reads a configuration file and the rules beside it. */
final class ConfigurationReader {

	private final Schema schema;
	private final ExpressionLanguage language;
	private final UnaryOperator<String> variables;
	private final Elsewhere elsewhere;
	private final Map<String, Value> documents = new HashMap<>();

	/** @param language null when there is none; then expressions are taken as they are */
	ConfigurationReader(Schema schema, ExpressionLanguage language, UnaryOperator<String> variables, Elsewhere elsewhere) {
		this.elsewhere = elsewhere;
		this.schema = schema;
		this.language = language;
		this.variables = variables;
	}

	/**
	 * @param shown the file's name in messages
	 * @throws IOException when a file cannot be read
	 */
	Reading read(Path file, String shown) throws IOException {
		boolean pingoo = file.getFileName().toString().equals("pingoo.yml");
		Findings findings = new Findings(pingoo);
		Environment environment = pingoo ? null : new Environment(variables);
		Translation translation = new Translation(schema, new Expressions(language, findings), elsewhere, findings);
		byte[] bytes = Files.readAllBytes(file);
		new YamlDocument(shown, findings, environment).read(bytes).ifPresentOrElse(document -> {
			documents.put(shown, document);
			translation.document(document);
		}, () -> {
			if (findings.all().isEmpty()) {
				findings.error(new Position(shown, 1, 1), "", "the file is empty");
			}
		});
		for (Path rules : rules(file)) {
			String name = Path.of(shown).resolveSibling("rules").resolve(rules.getFileName().toString()).toString();
			new YamlDocument(name, findings, environment).read(Files.readAllBytes(rules)).ifPresent(translation::rules);
		}
		return new Reading(shown, translation.entries(), findings.all());
	}

	/** The files that have been read, without those of rules, by their names in messages. */
	Map<String, Value> documents() {
		return documents;
	}

	/** The files {@code rules/*.yml} beside a configuration file, by name. */
	static List<Path> rules(Path file) throws IOException {
		Path folder = file.toAbsolutePath().resolveSibling("rules");
		List<Path> files = new ArrayList<>();
		if (Files.isDirectory(folder)) {
			try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.yml")) {
				found.forEach(files::add);
			}
		}
		files.removeIf(path -> !Files.isRegularFile(path) || path.getFileName().toString().startsWith("."));
		files.sort(null);
		return files;
	}
}
