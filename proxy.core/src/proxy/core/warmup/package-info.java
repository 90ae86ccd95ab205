/**
 * Exercise before the first client comes: a {@code Rehearsal} opens listeners of its own on the loopback interface, with a
 * routing table of its own, and sends requests through them to an origin of its own, so that the JVM has compiled what
 * requests go through. Nothing of it is seen by rules, routes, logs or counters of the gateway.
 */
package proxy.core.warmup;
