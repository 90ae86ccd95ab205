package proxy.config.yaml;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes docs/configuration.md from the metatype of the bundles in a folder: {@code ReferencePage BUNDLE_DIR}. */
public final class ReferencePage {

	private static final List<String> ORDER = List.of("listeners", "services", "rules", "lists", "tls", "service_discovery");
	private static final String BEGIN = """
			# Configuration reference

			Every setting, section by section. This page is generated from the bundles, which say the same in the web console;
			do not edit it. After a change of a setting:

			```
			./bndw dist && java -cp 'dist/gatehouse/bundle/*' proxy.config.yaml.ReferencePage dist/gatehouse/bundle > docs/configuration.md
			```

			The file is `etc/gatehouse.yml`, or a `pingoo.yml` ([how that differs](pingoo.md)); it is YAML 1.2. It is read again within a
			second of being saved; a rule or service that is taken out goes two seconds later, lest one that is replaced leave a gap. A
			file with a mistake changes nothing: the log, the console and `bin/gatehouse check` say where and why.

			- `${NAME}` is the environment variable of that name, `${NAME:-default}` gives it a default, `$${` stands for the characters
			  themselves. Inside `{ }` and `[ ]` quotes are needed around it. Not in a `pingoo.yml`.
			- Beside the file, every `rules/*.yml` adds rules; such a file is a mapping of rules, without the word `rules`.
			- `NAME` in a heading is a name of your choice. Services and rules are tried in the order of the file, the first match wins.
			- A list as the value of a service's kind is short for its `upstreams`, a text for its `value`.
			- Each heading also gives the PID under which the settings are in ConfigurationAdmin. What is changed there, in the web console
			  for instance, stays until the file changes the same entry. The console's overview shows what is not as in the file, gives it as
			  YAML to be put there, and brings the file's back.
			""";

	private ReferencePage() {}

	/** Prints to standard output. */
	public static void main(String[] arguments) throws IOException {
		if (arguments.length != 1) {
			System.err.println("usage: ReferencePage BUNDLE_DIR");
			System.exit(2);
		}
		Schema schema = new JarFolder(JarFolder.jars(Path.of(arguments[0]))).schema();
		new PrintStream(System.out, true, StandardCharsets.UTF_8).print(page(schema));
	}

	static String page(Schema schema) {
		StringBuilder page = new StringBuilder(BEGIN);
		List<ObjectClass> types = new ArrayList<>(schema.all());
		types.sort(Comparator.comparingInt(ReferencePage::place).thenComparing(Sections::path));
		String section = "";
		for (ObjectClass type : types) {
			String path = Sections.path(type);
			String first = path.split("\\.")[0];
			if (!first.equals(section)) {
				page.append("\n## ").append(first).append('\n');
				section = first;
			}
			entry(page, type, path);
		}
		return page.toString();
	}

	private static int place(ObjectClass type) {
		int place = ORDER.indexOf(Sections.path(type).split("\\.")[0]);
		return place < 0 ? ORDER.size() : place;
	}

	private static void entry(StringBuilder page, ObjectClass type, String path) {
		boolean isSection = !path.contains(".");
		if (!isSection) {
			page.append("\n### ").append(path).append('\n');
		}
		page.append("\n").append(type.description().strip()).append("\n\nPID `").append(type.pid()).append(type.factory() ? "~NAME" : "").append("`\n");
		List<Attribute> attributes = type.attributes().values().stream().filter(Attribute::forPeople).toList();
		if (attributes.isEmpty()) {
			page.append("\nNo settings.\n");
			return;
		}
		page.append("\n| setting | type | default | |\n| --- | --- | --- | --- |\n");
		for (Attribute attribute : attributes) {
			boolean beside = path.startsWith("services.") && attribute.id().equals("route");
			page.append("| `").append(attribute.key()).append("` | ").append(kind(attribute)).append(" | ").append(initial(attribute))
					.append(" | ").append(cell(attribute.description())).append(range(attribute)).append(options(attribute))
					.append(beside ? " Stands beside the kind, not in it." : "").append(" |\n");
		}
	}

	private static String kind(Attribute attribute) {
		String one = switch (attribute.type()) {
			case "Boolean" -> "true or false";
			case "String", "Character" -> "text";
			case "Password" -> "secret text";
			case "Double", "Float" -> "number";
			default -> "whole number";
		};
		return attribute.many() ? "list of " + one : one;
	}

	private static String initial(Attribute attribute) {
		String text = String.join(", ", attribute.defaults());
		return text.isEmpty() ? "" : "`" + cell(text) + "`";
	}

	private static String range(Attribute attribute) {
		if (attribute.min() == null && attribute.max() == null) {
			return "";
		}
		return attribute.max() == null ? " At least " + attribute.min() + "."
				: attribute.min() == null ? " At most " + attribute.max() + "." : " From " + attribute.min() + " to " + attribute.max() + ".";
	}

	private static String options(Attribute attribute) {
		List<String> options = attribute.options().stream().filter(option -> !option.value().isEmpty())
				.map(option -> "`" + option.value() + "`"
						+ (option.label().isEmpty() || option.label().equals(option.value()) ? "" : " (" + cell(option.label()) + ")"))
				.toList();
		return options.isEmpty() ? "" : " One of " + String.join(", ", options) + ".";
	}

	private static String cell(String text) {
		return text.strip().replace("|", "\\|").replaceAll("\\s+", " ");
	}
}
