/**
 * From tree to closures. The {@link proxy.rules.compile.Compiler} walks an expression once, from the leaves up: it looks
 * up names, checks types (what can never work is an error now, not at the first request), computes what is constant, and
 * picks the fastest node that fits. Operators, functions and macros each have a class of their own; functions are
 * registered by name in {@link proxy.rules.compile.Functions}. What only a request can show is checked at evaluation.
 */
package proxy.rules.compile;
