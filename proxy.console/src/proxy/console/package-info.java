/**
 * Gatehouse in the Felix web console.
 *
 * <p>{@code ConsoleLogin} says who may come in: it checks {@code Credentials} and slows down guessing with
 * {@code Throttle}. {@code SiteGuard} is a filter before every page: it refuses what another site makes a browser send
 * ({@code SameSite} decides) and host names that are not this console's. {@code SettingsGuard} checks every change
 * against the metatype ({@code Definition}) and against what a value means ({@code Meaning}), so that nothing wrong is
 * ever stored; {@code ConfigScript} makes the stock page show the reason. {@code OverviewPage} is the start page.
 */
package proxy.console;
