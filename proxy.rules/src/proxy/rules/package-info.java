/**
 * Routes and rules. {@link proxy.rules.Language} is the expression language as a service: {@code proxy.rules.syntax}
 * parses, {@code proxy.rules.compile} checks types and compiles, {@code proxy.rules.node} is what a compiled expression
 * is made of, {@code proxy.rules.value} are its values.
 */
package proxy.rules;
