package proxy.config.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** One YAML file (YAML 1.2, core schema) made into {@link Value}s. What is wrong with it as YAML goes to the findings. */
final class YamlDocument {

	private static final int DEEPEST = 32;

	/** Deeper ones are not even made into a tree, which takes a call for each level. */
	private static final int DEEPEST_TREE = 10 * DEEPEST;

	/** Values that aliases may add to those that are written. */
	private static final int MOST_REPEATED = 100_000;

	private final String file;
	private final Findings findings;
	private final Environment environment;
	private List<String> lines = List.of();
	private int valuesLeft;

	/** @param environment fills in variables, or null where {@code ${} means nothing: in a {@code pingoo.yml} */
	YamlDocument(String file, Findings findings, Environment environment) {
		this.file = file;
		this.findings = findings;
		this.environment = environment;
	}

	/** The document, or nothing when it is empty or no YAML. */
	Optional<Value> read(byte[] bytes) {
		String text = decode(bytes);
		if (text == null) {
			return Optional.empty();
		}
		lines = text.lines().toList();
		LoadSettings settings = LoadSettings.builder().setLabel(file).setParseComments(false)
				.setMaxAliasesForCollections(Integer.MAX_VALUE).build();
		try {
			valuesLeft = text.length() + MOST_REPEATED;
			Parser parser = new DepthLimit(new ParserImpl(settings, new StreamReader(settings, text)));
			return new Composer(settings, parser).getSingleNode().map(node -> value(node, "", 0));
		} catch (TooDeep e) {
			findings.error(e.at.map(this::position).orElse(start()), "", "nested too deeply");
		} catch (MarkedYamlEngineException e) {
			syntax(e);
		} catch (ReaderException e) {
			findings.error(place(text, e.getPosition()), "",
					String.format("the character U+%04X is not allowed in YAML", e.getCodePoint()));
		} catch (YamlEngineException e) {
			findings.error(start(), "", e.getMessage());
		}
		return Optional.empty();
	}

	private String decode(byte[] bytes) {
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
		CharBuffer text = CharBuffer.allocate(bytes.length);
		CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
		text.flip();
		if (result.isError()) {
			String before = text.toString();
			findings.error(place(before, before.codePointCount(0, before.length())), "", "the file is not UTF-8 here");
			return null;
		}
		return text.length() > 0 && text.charAt(0) == '\uFEFF' ? text.subSequence(1, text.length()).toString() : text.toString();
	}

	private Value value(Node node, String path, int depth) {
		Position at = node.getStartMark().map(this::position).orElse(start());
		if (depth > DEEPEST || node.isRecursive()) {
			findings.error(at, path, depth > DEEPEST ? "nested too deeply" : "an alias (*) to a value that contains it");
			return new Value.Nothing(at);
		}
		if (--valuesLeft < 0) {
			// once: nothing below it is looked at
			if (valuesLeft == -1) {
				findings.error(at, path, "aliases (*) repeat more than " + MOST_REPEATED + " values");
			}
			return new Value.Nothing(at);
		}
		if (node instanceof MappingNode mapping) {
			return new Value.Fields(at, fields(mapping, path, depth));
		}
		if (node instanceof SequenceNode sequence) {
			List<Value> items = new ArrayList<>();
			for (Node item : sequence.getValue()) {
				items.add(value(item, path + "[" + items.size() + "]", depth + 1));
			}
			return new Value.Items(at, items);
		}
		return scalar((ScalarNode) node, at, path);
	}

	private Map<String, Value.Field> fields(MappingNode mapping, String path, int depth) {
		Map<String, Value.Field> fields = new LinkedHashMap<>();
		for (NodeTuple tuple : mapping.getValue()) {
			Position at = tuple.getKeyNode().getStartMark().map(this::position).orElse(start());
			if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
				findings.error(at, path, "a key must be a word; text that begins with { or [ needs quotes");
				continue;
			}
			String key = keyNode.getValue();
			String keyPath = path.isEmpty() ? key : path + "." + key;
			Value.Field before = fields.get(key);
			if (key.equals("<<")) {
				findings.error(at, path, "merge keys (<<) are not part of YAML 1.2; an anchor (&) and its alias (*) stand for whole values");
			} else if (key.isEmpty()) {
				findings.error(at, path, "an empty key");
			} else if (before != null) {
				findings.error(at, keyPath, "duplicate key, first used at line " + before.at().line());
			} else {
				fields.put(key, new Value.Field(at, value(tuple.getValueNode(), keyPath, depth + 1)));
			}
		}
		return fields;
	}

	private Value scalar(ScalarNode node, Position at, String path) {
		String text = node.getValue();
		if (node.isPlain() && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"))) {
			return new Value.Nothing(at);
		}
		Position end = node.getEndMark().map(this::position).orElse(at);
		boolean oneLine = end.line() == at.line();
		String filled = text;
		if (environment != null) {
			try {
				filled = environment.fill(text);
			} catch (IllegalArgumentException e) {
				findings.error(at, path, e.getMessage());
			}
		}
		boolean exact = filled.equals(text) && !lines.isEmpty();
		return new Value.Scalar(at, filled, node.isPlain(),
				new ScalarSource(lines, at, exact && oneLine ? end.column() : 0, exact ? node.getScalarStyle() : null));
	}

	private Position position(Mark mark) {
		return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
	}

	private Position start() {
		return new Position(file, 1, 1);
	}

	private Position place(String text, int codePoint) {
		String before = text.substring(0, text.offsetByCodePoints(0, Math.min(codePoint, text.codePointCount(0, text.length()))));
		int lineStart = before.lastIndexOf('\n') + 1;
		return new Position(file, (int) before.chars().filter(c -> c == '\n').count() + 1,
				before.codePointCount(lineStart, before.length()) + 1);
	}

	private void syntax(MarkedYamlEngineException e) {
		String problem = e.getProblem() == null ? e.getMessage() : e.getProblem();
		String context = e.getContext() == null ? "" : e.getContext();
		boolean openQuote = problem.contains("end of stream") && context.contains("quoted scalar");
		Position at = (openQuote ? e.getContextMark() : e.getProblemMark()).map(this::position).orElse(start());
		String plain = openQuote ? "this quote is never closed"
				: context.contains("an alias") ? "text that begins with * needs quotes" : plainWords(problem);
		findings.error(at, "", "not YAML: " + (plain == null ? problem + (context.isEmpty() ? "" : " (" + context + ")") : plain));
	}

	/** The library's commonest complaints in words for people who do not write parsers; null for the others. */
	private static String plainWords(String problem) {
		if (problem.contains("TAB")) {
			return "a tab is not allowed here; indent with spaces";
		}
		if (problem.contains("expected <block end>")) {
			return "this does not fit the indentation of the lines before";
		}
		if (problem.contains("mapping values are not allowed")) {
			return "a key is not allowed here; quote a value that contains ': ', and check the indentation";
		}
		if (problem.contains("could not find expected ':'")) {
			return "the key of a line before has no ': ' after it";
		}
		if (problem.contains("undefined alias")) {
			return "text that begins with * needs quotes; no value is marked with this word and &";
		}
		if (problem.contains("another document")) {
			return "a second document begins here; a configuration is one";
		}
		if (problem.contains("cannot start any token")) {
			return "text that begins with " + problem.replaceAll("^found character '?(.).*", "$1") + " needs quotes";
		}
		if (problem.startsWith("expected ',' or ")) {
			return problem.substring(0, Math.min(problem.length(), "expected ',' or '}'".length())) + " before this";
		}
		return null;
	}

	/** Ends the parsing of what is nested so deeply that it must not be made into a tree. */
	private static final class DepthLimit implements Parser {

		private final Parser parser;
		private int depth;

		DepthLimit(Parser parser) {
			this.parser = parser;
		}

		@Override
		public Event next() {
			Event event = parser.next();
			depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
			if (depth > DEEPEST_TREE) {
				throw new TooDeep(event.getStartMark());
			}
			return event;
		}

		@Override
		public boolean hasNext() {
			return parser.hasNext();
		}

		@Override
		public Event peekEvent() {
			return parser.peekEvent();
		}

		@Override
		public boolean checkEvent(Event.ID choice) {
			return parser.checkEvent(choice);
		}
	}

	private static final class TooDeep extends RuntimeException {

		private final transient Optional<Mark> at;

		TooDeep(Optional<Mark> at) {
			this.at = at;
		}
	}
}
