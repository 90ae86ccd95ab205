package proxy.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import proxy.api.rule.EvaluationException;
import proxy.api.rule.ExpressionException;
import proxy.fixtures.Pingoo;
import proxy.rules.compile.Compilation;
import proxy.rules.lists.ListDirectory;
import proxy.rules.lists.ListSlot;
import proxy.rules.lists.TestLists;
import proxy.rules.node.ListsNode;
import proxy.rules.value.Text;

/** Every line of conformance.txt: an expression and what it gives for {@link Request#typical()} with a few lists. */
final class ConformanceTest {

	private final ListDirectory directory = new ListDirectory();
	private final List<ListSlot> lists = TestLists.fill(directory);

	@TestFactory
	@Pingoo({"requests.language", "requests.regex"})
	Stream<DynamicTest> everyExpressionGivesWhatTheTableSays() throws IOException {
		return lines().stream().map(line -> DynamicTest.dynamicTest(line, () -> {
			int arrow = line.lastIndexOf(" ==> ");
			String expression = line.substring(0, arrow).strip().replace("⏎", "\n");
			assertEquals(line.substring(arrow + 5).strip(), outcome(expression));
		}));
	}

	@Test
	void theTableHasAtLeastThreeHundredExpressions() throws IOException {
		assertTrue(lines().size() >= 300, "only " + lines().size());
	}

	private static List<String> lines() throws IOException {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(
				ConformanceTest.class.getResourceAsStream("conformance.txt"), StandardCharsets.UTF_8))) {
			return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
		}
	}

	private Set<String> names() {
		return lists.stream().map(ListSlot::name).collect(Collectors.toSet());
	}

	/** The value, or what is wrong: with its place when it is found at load, without when a request shows it. */
	private String outcome(String expression) {
		try {
			Compilation compilation = Compilation.of(expression, new ListsNode(directory, names()));
			return Text.shown(compilation.root().value(Request.typical(), compilation.locals()));
		} catch (ExpressionException e) {
			return "error " + e.line() + ":" + e.column() + " " + e.getMessage();
		} catch (EvaluationException e) {
			return "fails " + e.getMessage();
		}
	}
}
