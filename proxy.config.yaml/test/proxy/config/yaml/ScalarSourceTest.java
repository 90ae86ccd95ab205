package proxy.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In each text the character {@code @} must be found where it stands in the file. */
class ScalarSourceTest {

	@ParameterizedTest
	@ValueSource(strings = {
		"key: ab @ cd", "key: 'ab @ cd'", "key: \"ab @ cd\"", "key: 'it''s @'", "key: \"\\\"a\\\" @\"", "key: \"\\u00e9\\x41\\U0001F600\\n@\"",
		"key: 'é😀 @'", "{key: a @}", "a: 1\n\nkey:   \"x @\"", "key: |\n  first\n  second @\n", "key: |-\n\n    first\n      second @",
		"list: [x, 'y @']"
	})
	void findsACharacterOfTheText(String yaml) {
		Value.Scalar scalar = scalar(yaml);
		String before = scalar.text().substring(0, scalar.text().indexOf('@'));
		int line = (int) before.chars().filter(c -> c == '\n').count();
		boolean block = yaml.contains("|");
		int lineStart = block ? before.lastIndexOf('\n') + 1 : 0;
		Position found = scalar.source().place(block ? line + 1 : 1, before.codePointCount(lineStart, before.length()) + 1);
		assertEquals(position(yaml), found);
	}

	@Test
	void findsTheBeginningOfAFoldedText() {
		assertEquals(new Position("f", 1, 6), scalar("key: >\n  a\n  b @\n").source().place(1, 5));
	}

	private static Position position(String yaml) {
		String before = yaml.substring(0, yaml.indexOf('@'));
		int lineStart = before.lastIndexOf('\n') + 1;
		return new Position("f", (int) before.chars().filter(c -> c == '\n').count() + 1, before.codePointCount(lineStart, before.length()) + 1);
	}

	private static Value.Scalar scalar(String yaml) {
		Value.Fields root = (Value.Fields) new YamlDocument("f", new Findings(false), null).read(yaml.getBytes(StandardCharsets.UTF_8)).orElseThrow();
		Value last = root.fields().values().stream().reduce((one, other) -> other).orElseThrow().value();
		return (Value.Scalar) (last instanceof Value.Items items ? items.items().get(items.items().size() - 1) : last);
	}
}
