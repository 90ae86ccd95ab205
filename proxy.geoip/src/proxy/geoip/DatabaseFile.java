package proxy.geoip;

import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One setting's database: what was last read well of its file, and what is wrong with the file now. For one thread. */
final class DatabaseFile {

	private static final Logger LOG = LoggerFactory.getLogger(DatabaseFile.class);

	private final List<Path> places;
	private final boolean required;
	private FileLook read;
	private FileLook last;
	private Database database;
	private String trouble;

	/**
	 * @param places of which the first where there is a file counts
	 * @param required whether it is a trouble when there is none
	 * @param before what is in force until the file has been read, or null
	 */
	DatabaseFile(List<Path> places, boolean required, Database before) {
		this.places = places;
		this.required = required;
		database = before;
	}

	List<Path> places() {
		return places;
	}

	/** What is in force, or null. */
	Database database() {
		return database;
	}

	/** Why the file is not in force as it is, or null. */
	String trouble() {
		return trouble;
	}

	/** Reads the file if it has changed; one that changed since the last look may still be written, unless it is the first. */
	void look() {
		FileLook now = FileLook.at(places);
		if (!now.equals(read) && (now.equals(last) || read == null)) {
			read = now;
			read();
		}
		last = now;
	}

	private void read() {
		if (read.file() == null && !required && database == null) {
			trouble = null;
			return;
		}
		try {
			database = Database.read(read.file() == null ? places.get(0) : read.file());
			trouble = null;
			LOG.atInfo().addKeyValue("file", read.file()).addKeyValue("type", database.type()).addKeyValue("built", database.built())
					.log("geoip: database successfully loaded");
		} catch (UnreadableDatabase e) {
			trouble = e.getMessage() + (database == null ? "" : "; what was read before stays in force");
		}
	}
}
