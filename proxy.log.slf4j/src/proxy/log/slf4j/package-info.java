/**
 * Binds slf4j to logback. A fragment of slf4j: its {@code ServiceLoader} looks with slf4j's own class loader, and so finds
 * {@code LogbackBinding} and, by the imports of the fragment, logback.
 */
package proxy.log.slf4j;
