/**
 * Routes and rules. {@link proxy.rules.Language} is the expression language as a service: {@code proxy.rules.syntax}
 * parses, {@code proxy.rules.compile} checks types and compiles, {@code proxy.rules.node} is what a compiled expression
 * is made of, {@code proxy.rules.value} are its values, {@code proxy.rules.lists} the named lists it can ask.
 * {@link proxy.rules.Rule} is a configured rule, {@link proxy.rules.BlockAction} what most of them do.
 */
package proxy.rules;
