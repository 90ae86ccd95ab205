package proxy.rules.compile;

import proxy.rules.node.Node;

/**
 * A function of the language; {@code f(x, y)} and {@code x.f(y)} are the same call.
 *
 * @param usage how it is called, for messages
 * @param most Integer.MAX_VALUE for any number
 * @param pure whether equal arguments give equal results, so that constant ones can be computed at once
 * @param takesLookup whether the first argument may be headers, query or cookies as a whole
 */
record Function(String usage, int fewest, int most, boolean pure, boolean takesLookup, Body body) {

	@FunctionalInterface
	interface Body {

		/** Checks the types of the arguments, whose number is right, and makes the call. */
		Node compile(Arguments arguments);
	}

	static Function of(String usage, int arguments, Body body) {
		return new Function(usage, arguments, arguments, true, false, body);
	}

	static Function ofLookup(String usage, int arguments, Body body) {
		return new Function(usage, arguments, arguments, true, true, body);
	}
}
