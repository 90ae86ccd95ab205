package proxy.config.yaml;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A property of the service that a component provides, from the XML that describes the component: the word of an action. */
final class ProvidedWord {

	private ProvidedWord() {}

	static Optional<String> in(String componentXml, Class<?> service, String property) {
		if (!componentXml.contains("<provide interface=\"" + service.getName() + "\"")) {
			return Optional.empty();
		}
		Matcher word = Pattern.compile("<property\\s+name=\"" + property + "\"[^>]*\\svalue=\"([^\"]+)\"").matcher(componentXml);
		return word.find() ? Optional.of(word.group(1)) : Optional.empty();
	}
}
