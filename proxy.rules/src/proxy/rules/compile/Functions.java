package proxy.rules.compile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import proxy.rules.syntax.SourceError;

/** All functions by name. */
final class Functions {

	private static final Map<String, Function> ALL = new LinkedHashMap<>();

	/** Of functions and macros. */
	static final Set<String> NAMES;

	/** What other languages call them. */
	private static final Map<String, String> ELSEWHERE = Map.of(
			"size", "length", "len", "length", "exists", "any", "some", "any", "every", "all", "string", "String", "int", "Int",
			"double", "Float", "cidr", "Ip", "includes", "contains");

	static {
		TextFunctions.addTo(ALL);
		CollectionFunctions.addTo(ALL);
		ConversionFunctions.addTo(ALL);
		TimeFunctions.addTo(ALL);
		Set<String> names = new TreeSet<>(Macros.NAMES);
		names.addAll(ALL.keySet());
		NAMES = Collections.unmodifiableSet(names);
	}

	private Functions() {}

	/** The function of that name, which takes that many arguments. */
	static Function find(String name, int arguments, int at) {
		Function function = ALL.get(name);
		if (function == null) {
			if (Macros.isIteration(name)) {
				throw new SourceError(at, name + "() is called on a list, write list." + name + "(x, ...)");
			}
			String known = ELSEWHERE.get(name);
			String suggestion = Suggestion.of(known == null ? name : known, known == null ? NAMES : List.of(known));
			throw new SourceError(at, "unknown function '" + name + "'" + suggestion);
		}
		if (arguments < function.fewest() || arguments > function.most()) {
			throw new SourceError(at, "wrong number of arguments, write " + function.usage());
		}
		return function;
	}
}
