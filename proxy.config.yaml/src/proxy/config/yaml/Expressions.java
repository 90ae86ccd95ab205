package proxy.config.yaml;

import proxy.api.rule.ExpressionException;
import proxy.api.rule.ExpressionLanguage;

/** Tries whether expressions compile, and says where in the file they do not. */
final class Expressions {

	private final ExpressionLanguage language;
	private final Findings findings;

	/** @param language null when there is none yet; then nothing is tried */
	Expressions(ExpressionLanguage language, Findings findings) {
		this.language = language;
		this.findings = findings;
	}

	void check(Value value, String path) {
		if (language == null || !(value instanceof Value.Scalar scalar)) {
			return;
		}
		try {
			language.compile(scalar.text());
		} catch (ExpressionException e) {
			findings.error(scalar.source().place(e.line(), e.column()), path, e.getMessage());
		}
	}
}
