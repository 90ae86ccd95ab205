/**
 * The log on stderr and the start screen.
 *
 * <p>{@code Log} takes logback over by its API and gives it one appender. An event is encoded where it happens
 * ({@code JsonFormat}, {@code HumanFormat}) and put into the bounded queue of {@code LineWriter}, whose thread alone
 * touches stderr: when nobody takes the lines they are dropped and counted, and nobody waits. {@code JulHandler} and
 * {@code OsgiLogListener} bring in what others log by java.util.logging and by the OSGi log service. {@code StartScreen}
 * says once what was started ({@code Product}) and what runs where ({@code StartReport}); until then a terminal sees only
 * warnings.
 */
package proxy.log;
