package proxy.config.yaml;

import java.util.HashSet;
import java.util.Set;
import proxy.api.rule.ExpressionException;
import proxy.api.rule.ExpressionLanguage;

/** Tries whether expressions compile, and says where in the file they do not. */
final class Expressions {

	private final ExpressionLanguage language;
	private final Findings findings;
	private final Set<String> lists = new HashSet<>();

	/** @param language null when there is none yet; then nothing is tried */
	Expressions(ExpressionLanguage language, Findings findings) {
		this.language = language;
		this.findings = findings;
	}

	/** Tells of lists that expressions may name. */
	void lists(Set<String> names) {
		lists.addAll(names);
	}

	void check(Value value, String path) {
		check(language, value, path);
	}

	/** The expression is asked about connections that are not of HTTP. */
	void checkOfConnections(Value value, String path) {
		check(language == null ? null : language.forConnections(), value, path);
	}

	private void check(ExpressionLanguage language, Value value, String path) {
		if (language == null || !(value instanceof Value.Scalar scalar)) {
			return;
		}
		try {
			language.compile(scalar.text(), lists).remarks().forEach(remark ->
					findings.warning(scalar.source().place(remark.line(), remark.column()), path, remark.text()));
		} catch (ExpressionException e) {
			findings.error(scalar.source().place(e.line(), e.column()), path, e.getMessage());
		}
	}
}
