package proxy.config.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import proxy.config.yaml.Value.Field;
import proxy.config.yaml.Value.Fields;
import proxy.config.yaml.Value.Items;
import proxy.config.yaml.Value.Scalar;

/** Writes Pingoo's {@code {action: block}} as the word {@code block}. */
final class RuleActions {

	private final Findings findings;

	RuleActions(Findings findings) {
		this.findings = findings;
	}

	Fields plain(Fields rule, String path) {
		Field field = rule.fields().get("actions");
		if (field == null || field.value() instanceof Value.Nothing || field.value() instanceof Items none && none.items().isEmpty()) {
			findings.missing(field == null ? rule.at() : field.at(), path + ".actions", "a rule needs an action, such as [{action: block}]");
			return rule;
		}
		if (!(field.value() instanceof Items list)) {
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
			return item;
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
		return word.value();
	}
}
