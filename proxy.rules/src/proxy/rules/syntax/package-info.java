/**
 * From text to tree: the {@link proxy.rules.syntax.Lexer} cuts an expression into tokens, the
 * {@link proxy.rules.syntax.Parser} (Pratt: one binding power per operator) makes an
 * {@link proxy.rules.syntax.Expr} of them. Nothing here knows a variable or a type. Whatever is wrong is a
 * {@link proxy.rules.syntax.SourceError} with the offset where it is.
 */
package proxy.rules.syntax;
