/**
 * Compiled expressions: trees of small closures over a request's facts. {@link proxy.rules.node.Node} gives any value;
 * {@link proxy.rules.node.BoolNode}, {@link proxy.rules.node.IntNode}, {@link proxy.rules.node.TextNode} and
 * {@link proxy.rules.node.AddressNode} give the common ones without boxing. Nodes are immutable and shared by all
 * threads; what changes during an evaluation, the variables of macros, is in the array that is passed along.
 */
package proxy.rules.node;
