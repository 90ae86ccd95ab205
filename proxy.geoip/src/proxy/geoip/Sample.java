package proxy.geoip;

import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import java.io.IOException;
import proxy.api.rule.FactProvider.ClientFacts;

/** The first networks of a database: they show whether it is one that says anything of clients. */
final class Sample {

	private static final int NETWORKS = 2_000;

	private final Reader reader;

	Sample(Reader reader) {
		this.reader = reader;
	}

	void check() throws IOException, InvalidNetworkException, UnreadableDatabase {
		Networks<Content> networks = reader.networks(Content.class);
		for (int i = 0; i < NETWORKS && networks.hasNext(); i++) {
			Content content = networks.next().data();
			if (content != null && !content.facts().equals(ClientFacts.UNKNOWN)) {
				return;
			}
		}
		throw new UnreadableDatabase("holds neither countries nor autonomous systems (it calls itself "
				+ reader.getMetadata().databaseType() + ")");
	}
}
