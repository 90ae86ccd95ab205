package proxy.geoip;

import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.NoCache;
import com.maxmind.db.Reader;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import proxy.api.rule.FactProvider.ClientFacts;

/** A database, whole in memory: the file may be overwritten while it is in use. Any thread. */
final class Database {

	private static final String PACKED = ".zst";
	private static final String ENDLESS = "a record holds itself, or far too much within itself";

	private final Reader reader;
	private final boolean v6;

	private Database(Reader reader) {
		this.reader = reader;
		v6 = reader.getMetadata().ipVersion() == 6;
	}

	/** @throws UnreadableDatabase when the file is no database that says anything of clients */
	static Database read(Path file) throws UnreadableDatabase {
		try (InputStream plain = new BufferedInputStream(Files.newInputStream(file));
				InputStream content = file.toString().endsWith(PACKED) ? new ZstdInputStream(plain) : plain) {
			Database database = new Database(new Reader(content, NoCache.getInstance()));
			new Sample(database.reader).check();
			return database;
		} catch (NoSuchFileException e) {
			throw new UnreadableDatabase("there is no file " + file);
		} catch (AccessDeniedException e) {
			throw new UnreadableDatabase(file + " cannot be read: no permission");
		} catch (OutOfMemoryError e) {
			throw new UnreadableDatabase(file + " does not fit into the memory that Java may use; give it more, such as"
					+ " GATEHOUSE_JAVA_OPTS=-Xmx1g");
		} catch (StackOverflowError e) {
			throw new UnreadableDatabase(file + " is damaged: " + ENDLESS);
		} catch (UnreadableDatabase e) {
			throw new UnreadableDatabase(file + " " + e.getMessage());
		} catch (IOException | InvalidNetworkException | RuntimeException e) {
			throw new UnreadableDatabase(file + " is no MaxMind DB" + (file.toString().endsWith(PACKED) ? " packed by zstd: " : ": ")
					+ e.getMessage());
		}
	}

	/** @throws IOException when the database is damaged there */
	ClientFacts lookup(InetAddress address) throws IOException {
		if (address instanceof Inet6Address && !v6) {
			return ClientFacts.UNKNOWN;
		}
		try {
			Content content = reader.get(address, Content.class);
			return content == null ? ClientFacts.UNKNOWN : content.facts();
		} catch (StackOverflowError e) {
			throw new IOException(ENDLESS, e);
		}
	}

	/** What it calls itself: {@code GeoLite2-ASN}. */
	String type() {
		return reader.getMetadata().databaseType();
	}

	Instant built() {
		return reader.getMetadata().buildTime();
	}

	@Override
	public String toString() {
		return type() + " of " + built().toString().substring(0, "2026-01-31".length());
	}
}
