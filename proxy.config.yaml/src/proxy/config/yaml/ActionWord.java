package proxy.config.yaml;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import proxy.api.http.HttpAction;

/** The word of the action that a component provides, from the XML that describes it. */
final class ActionWord {

	private static final String PROVIDES = "<provide interface=\"" + HttpAction.class.getName() + "\"";
	private static final Pattern WORD = Pattern.compile("<property\\s+name=\"" + HttpAction.ACTION + "\"[^>]*\\svalue=\"([^\"]+)\"");

	private ActionWord() {}

	static Optional<String> in(String componentXml) {
		Matcher word = WORD.matcher(componentXml);
		return componentXml.contains(PROVIDES) && word.find() ? Optional.of(word.group(1)) : Optional.empty();
	}
}
