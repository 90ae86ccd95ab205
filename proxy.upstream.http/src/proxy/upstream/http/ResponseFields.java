package proxy.upstream.http;

import java.util.List;
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
	 * Takes away what is not for clients; the gateway drops what belongs to the connection.
	 *
	 * @param server what clients are told instead of the upstream's Server, "" for that one
	 */
	static void clean(FieldSection fields, String server) {
		List<String> nominated = RequestWriter.nominated(fields);
		boolean named = !server.isEmpty();
		for (int i = fields.size() - 1; i >= 0; i--) {
			int field = fields.field(i);
			if (field == Field.X_ACCEL
					|| field == Field.ALT_SVC
					|| field == Field.SERVER && named
					|| nominated != null && RequestWriter.isNominated(fields, i, nominated)) {
				fields.remove(i);
			}
		}
		if (named) {
			fields.add("server", server);
		}
	}
}
