/**
 * Whether the gateway does its work, for programs that start it again when it does not: 200 or 503 at {@code /health}. An
 * upstream that is down is no reason to start a gateway again, a port that it cannot have may be one.
 */
package proxy.health;
