package proxy.rules.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import proxy.rules.syntax.Expr;
import proxy.rules.syntax.Operator;
import proxy.rules.syntax.SourceError;
import proxy.rules.value.Text;

/**
 * Finds texts that a part of the request never is, since it is always in one form: hosts are in lower case and have no port,
 * paths have no slash at the end. In Pingoo some of them are right, so that they are no mistakes.
 */
final class NeverTrue {

	private static final Pattern PORT = Pattern.compile(":[0-9]+$");

	/** How a text is compared with a part. */
	private enum Way {
		IS("is never", true, true),
		BEGINS("never begins with", true, false),
		ENDS("never ends with", false, true),
		CONTAINS("never contains", false, false);

		private final String words;
		private final boolean start;
		private final boolean end;

		/** Whether the text would be at the part's start, and at its end. */
		Way(String words, boolean start, boolean end) {
			this.words = words;
			this.start = start;
			this.end = end;
		}
	}

	private final List<SourceError> found = new ArrayList<>();

	private NeverTrue() {}

	/** The places, in the order of the text, and what is to be said of them; none is thrown. */
	static List<SourceError> in(Expr expr) {
		NeverTrue search = new NeverTrue();
		search.look(expr);
		return search.found;
	}

	private void look(Expr expr) {
		if (expr instanceof Expr.And and) {
			and.operands().forEach(this::look);
		} else if (expr instanceof Expr.Or or) {
			or.operands().forEach(this::look);
		} else if (expr instanceof Expr.Not not) {
			look(not.operand());
		} else if (expr instanceof Expr.Conditional conditional) {
			look(conditional.condition());
			look(conditional.then());
			look(conditional.otherwise());
		} else if (expr instanceof Expr.Binary binary) {
			comparison(binary);
		} else if (expr instanceof Expr.Call call) {
			List<Expr> operands = new ArrayList<>(call.arguments());
			if (call.target() != null) {
				operands.add(0, call.target());
			}
			if (operands.size() == 2) {
				call(call.function(), operands.get(0), operands.get(1));
			}
		}
	}

	private void comparison(Expr.Binary binary) {
		if (binary.operator() == Operator.EQUAL || binary.operator() == Operator.NOT_EQUAL) {
			compare(binary.left(), Way.IS, binary.right());
			compare(binary.right(), Way.IS, binary.left());
		} else if (binary.operator() == Operator.IN) {
			call("contains", binary.right(), binary.left());
		}
	}

	private void call(String function, Expr first, Expr second) {
		switch (function) {
			case "starts_with" -> compare(first, Way.BEGINS, second);
			case "ends_with" -> compare(first, Way.ENDS, second);
			case "contains" -> {
				compare(first, Way.CONTAINS, second);
				if (first instanceof Expr.ListOf list) {
					list.elements().forEach(element -> compare(second, Way.IS, element));
				}
			}
			default -> { }
		}
	}

	private void compare(Expr part, Way way, Expr text) {
		if (!(part instanceof Expr.Member member)
				|| !(member.of() instanceof Expr.Name name)
				|| !(text instanceof Expr.Literal literal)
				|| !(literal.value() instanceof String written)) {
			return;
		}
		String asked = name.name() + "." + member.name();
		switch (asked) {
			case "http_request.host", "tls.server_name" ->
				differs(literal, asked, way, written, host(written, way), "it is in lower case, without port and without a dot at its end");
			case "http_request.path" ->
				differs(literal, asked, way, written, path(written, way), "it begins with a slash and has none at its end");
			default -> { }
		}
	}

	private void differs(Expr.Literal literal, String part, Way way, String written, String form, String why) {
		if (!form.equals(written)) {
			String instead = form.isEmpty() && way != Way.IS ? "" : "; write " + Text.quoted(form);
			found.add(new SourceError(literal.at(), part + " " + way.words + " " + Text.quoted(written) + ": " + why + instead));
		}
	}

	private static String host(String text, Way way) {
		String host = text.toLowerCase(Locale.ROOT);
		if (way.end) {
			boolean onePort = host.indexOf(':') == host.lastIndexOf(':') || host.contains("]:");
			host = onePort ? PORT.matcher(host).replaceFirst("") : host;
			host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
		}
		return host;
	}

	private static String path(String text, Way way) {
		String path = way.end ? text.replaceFirst("/+$", "") : text;
		return way.start && !path.isEmpty() && !path.startsWith("/") && !path.equals("*") ? "/" + path : path;
	}
}
