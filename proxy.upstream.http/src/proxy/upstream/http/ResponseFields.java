package proxy.upstream.http;

import java.util.Set;
import proxy.api.http.Field;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpVersion;

/** What the fields of an upstream's response mean to the connection, and which of them are not for clients. */
final class ResponseFields {

	private ResponseFields() {}

	/** Whether the connection may be used again (RFC 9112 section 9.3). */
	static boolean persistent(FieldSection fields, HttpVersion version) {
		if (fields.find(Field.CONNECTION) < 0) {
			return version != HttpVersion.HTTP_1_0;
		}
		return version == HttpVersion.HTTP_1_0
				? fields.hasToken(Field.CONNECTION, "keep-alive")
				: !fields.hasToken(Field.CONNECTION, "close");
	}

	/**
	 * Leaves what is for clients; the gateway drops what belongs to the connection.
	 *
	 * @param server what clients are told instead of the upstream's Server, "" for that one
	 */
	static void clean(FieldSection fields, String server) {
		boolean named = !server.isEmpty();
		strip(fields, named);
		if (named) {
			fields.add("server", server);
		}
	}

	/** Takes away what is not for clients; {@code named} when Server is not, either. */
	static void strip(FieldSection fields, boolean named) {
		Set<String> nominated = RequestWriter.nominated(fields);
		for (int i = fields.size() - 1; i >= 0; i--) {
			int field = fields.field(i);
			if (field == Field.X_ACCEL
					|| field == Field.ALT_SVC
					|| field == Field.SERVER && named
					|| nominated != null && RequestWriter.isNominated(fields, i, nominated)) {
				fields.remove(i);
			}
		}
	}
}
