/**
 * The language's values. Most are plain Java objects: Boolean, Long, Double, String, List, Map, null, Duration and
 * OffsetDateTime; Bytes, Regex and Ip are made here. {@link proxy.rules.value.Type} names them,
 * {@link proxy.rules.value.Values} says which are equal and which comes first. A {@link proxy.rules.value.Regex} that only
 * stands for a few texts, and an {@link proxy.rules.value.IpSet} of any size, are searched without the general way. What
 * cannot be done with a value is an EvaluationException.
 */
package proxy.rules.value;
