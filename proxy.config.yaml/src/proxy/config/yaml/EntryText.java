package proxy.config.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An entry as YAML, from the top of the file: what {@link ConfigurationReader} makes the same entry of. */
final class EntryText {

	private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]*");
	private static final Pattern WORD_OF_YAML = Pattern.compile("(?i)true|false|null|yes|no|on|off");
	private static final String STEP = "  ";

	private final ObjectClass type;
	private final String name;
	private final List<String> beside = new ArrayList<>();
	private final List<String> settings = new ArrayList<>();

	EntryText(ObjectClass type, String name) {
		this.type = type;
		this.name = name;
	}

	/** {@code services.app}, {@code tls.acme}. */
	String path() {
		List<String> words = words();
		return String.join(".", isService() ? words.subList(0, 2) : words);
	}

	void put(Attribute attribute, List<String> values) {
		boolean text = attribute.type().equals("String") || attribute.type().equals("Password");
		List<String> written = values.stream().map(value -> text ? scalar(value) : value).toList();
		String value = attribute.many() ? written.stream().collect(Collectors.joining(", ", "[", "]"))
				: written.isEmpty() ? "''" : written.get(0);
		boolean stepUp = isService() && attribute.id().equals("route");
		(stepUp ? beside : settings).add(attribute.key() + ": " + value);
	}

	private boolean isService() {
		return type.pid().startsWith("proxy.service.");
	}

	private List<String> words() {
		List<String> words = new ArrayList<>(List.of(Sections.path(type).split("\\.")));
		words.replaceAll(word -> word.equals("NAME") ? name : word);
		return words;
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		List<String> words = words();
		String indent = "";
		for (int i = 0; i < words.size(); i++) {
			boolean last = i == words.size() - 1;
			if (last) {
				line(text, indent, beside);
			}
			text.append(indent).append(scalar(words.get(i))).append(last && settings.isEmpty() ? ": {}\n" : ":\n");
			indent += STEP;
		}
		line(text, indent, settings);
		return text.toString();
	}

	private static void line(StringBuilder text, String indent, List<String> lines) {
		lines.forEach(line -> text.append(indent).append(line).append('\n'));
	}

	private static String scalar(String value) {
		if (PLAIN.matcher(value).matches() && !WORD_OF_YAML.matcher(value).matches()) {
			return value;
		}
		String literal = value.replace("${", "$${");
		if (literal.chars().allMatch(c -> c >= ' ' && c != 0x7F)) {
			return "'" + literal.replace("'", "''") + "'";
		}
		return literal.chars().mapToObj(EntryText::escaped).collect(Collectors.joining("", "\"", "\""));
	}

	private static String escaped(int c) {
		return c == '"' || c == '\\' ? "\\" + (char) c : c < ' ' || c == 0x7F ? String.format("\\x%02x", c) : String.valueOf((char) c);
	}
}
