package proxy.config.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import proxy.config.yaml.Value.Field;
import proxy.config.yaml.Value.Fields;
import proxy.config.yaml.Value.Items;
import proxy.config.yaml.Value.Scalar;

/** Writes Pingoo's {@code {action: block}} as the word {@code block}. */
final class RuleActions {

	/** Pingoo's, known even while no bundle for them is installed. */
	private static final List<String> ALWAYS = List.of("block", "captcha");

	private final Findings findings;
	private final Set<String> known = new LinkedHashSet<>(ALWAYS);

	/** @param provided words of the actions that bundles provide */
	RuleActions(Findings findings, Set<String> provided) {
		this.findings = findings;
		known.addAll(provided);
	}

	Fields plain(Fields rule, String path) {
		Field field = rule.fields().get("actions");
		if (field == null || field.value() instanceof Value.Nothing || field.value() instanceof Items none && none.items().isEmpty()) {
			findings.missing(field == null ? rule.at() : field.at(), path + ".actions", "a rule needs an action, such as [{action: block}]");
			return rule;
		}
		if (!(field.value() instanceof Items list)) {
			spelt(field.value(), path + ".actions");
			return rule;
		}
		List<Value> words = new ArrayList<>();
		for (Value item : list.items()) {
			words.add(word(item, path + ".actions[" + words.size() + "]"));
		}
		Map<String, Field> fields = new LinkedHashMap<>(rule.fields());
		fields.put("actions", new Field(field.at(), new Items(list.at(), words)));
		return new Fields(rule.at(), fields);
	}

	private Value word(Value item, String path) {
		if (!(item instanceof Fields action)) {
			return spelt(item, path);
		}
		action.fields().forEach((key, field) -> {
			if (!key.equals("action")) {
				findings.unknownKey(field.at(), path + "." + key, key, List.of("action"));
			}
		});
		Field word = action.fields().get("action");
		if (word == null || !(word.value() instanceof Scalar)) {
			findings.error(action.at(), path, "expected {action: WORD}, such as {action: block}");
			return new Scalar(action.at(), "", false, null);
		}
		return spelt(word.value(), path);
	}

	/** A word that nobody knows may come with a bundle; one that is nearly known is a mistake, and would disarm the rule. */
	private Value spelt(Value word, String path) {
		if (word instanceof Scalar scalar && !known.contains(scalar.text().strip())) {
			Spelling.closest(scalar.text().strip(), known).ifPresent(meant -> findings.error(
					scalar.at(), path, "unknown action '" + scalar.text() + "', did you mean '" + meant + "'?"));
		}
		return word;
	}
}
