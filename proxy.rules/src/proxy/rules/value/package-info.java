/**
 * The language's values. Most are plain Java objects: Boolean, Long, Double, String, List, Map, null, Duration and
 * OffsetDateTime; Bytes, Regex and Ip are made here. {@link proxy.rules.value.Type} names them,
 * {@link proxy.rules.value.Values} says which are equal and which comes first,
 * {@link proxy.rules.value.Arithmetic} adds and multiplies. A value that something cannot be done with is an
 * EvaluationException.
 */
package proxy.rules.value;
