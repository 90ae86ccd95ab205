package proxy.api.runtime;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The configuration file, and where what is set is not what it says: settings may be changed elsewhere as well, in the web
 * console for instance. Any thread; it may take a moment, so not for event loops.
 */
@ProviderType
public interface FileConfiguration {

	/** The entries that are not as in the file, as that was last applied, in order of path. */
	List<Difference> differences() throws IOException;

	/**
	 * Puts in force what the file says of an entry.
	 *
	 * @param pid of its configuration
	 * @return false when the file has no such entry
	 */
	boolean restore(String pid) throws IOException;

	/** What became of an entry elsewhere. */
	enum Kind { CHANGED, DELETED, ADDED }

	/**
	 * @param pid of its configuration, or where that was
	 * @param path in the file: {@code services.app}
	 * @param settings that differ
	 * @param yaml the entry as it is set, to be put into the file; "" where it was deleted
	 */
	record Difference(String pid, String path, Kind kind, List<Setting> settings, String yaml) {}

	/**
	 * @param name as in the file: {@code connect_timeout_ms}
	 * @param inFile what the file says, or the default where it says nothing
	 * @param here what is set
	 */
	record Setting(String name, List<String> inFile, List<String> here) {}
}
