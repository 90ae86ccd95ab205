package proxy.api.runtime;

import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says what a component would refuse of its settings, for who puts nothing in force: {@code gatehouse check}. The component
 * examines them by the same code. It runs without a framework, so it is no service: the class, public and made without
 * arguments, is named in its bundle's {@code META-INF/services/proxy.api.runtime.SettingsCheck} (java.util.ServiceLoader).
 *
 * @param <C> the component property type of the settings (OSGi Compendium, section 112.8.2)
 */
@ConsumerType
public interface SettingsCheck<C> {

	/** The PID, or factory PID, of the settings. */
	String pid();

	Class<C> type();

	/**
	 * Touches nothing but the settings: no files, no network.
	 *
	 * @param installed what else there is
	 * @return what is wrong, in the words in which the component reports it; empty when nothing is
	 */
	List<Problem> wrong(C settings, Installed installed);

	/** What the bundles at hand provide. */
	interface Installed {

		/** The values of a property that components register a service with. */
		Set<String> words(Class<?> service, String property);
	}
}
