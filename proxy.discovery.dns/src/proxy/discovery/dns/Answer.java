package proxy.discovery.dns;

import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * What a server says of a name, its aliases followed as far as the message goes.
 *
 * @param records of the type asked for; empty when there are none
 * @param ttlSeconds the smallest of all records on the way
 * @param alias the name to ask for next, when the message ends before the records; or null
 */
record Answer(List<Record> records, long ttlSeconds, Name alias) {

	static final long NO_TTL = Long.MAX_VALUE;

	static Answer of(Message message, Name name, int type) {
		List<Record> found = new ArrayList<>();
		long ttl = NO_TTL;
		Name current = name;
		List<Record> all = message.getSection(Section.ANSWER);
		// an alias comes before what it stands for, but need not: each turn follows one
		for (int turn = 0; turn <= all.size() && found.isEmpty(); turn++) {
			Name target = null;
			for (Record record : all) {
				if (record.getName().equals(current) && record.getType() == type) {
					found.add(record);
					ttl = Math.min(ttl, record.getTTL());
				} else if (record.getName().equals(current) && record instanceof CNAMERecord alias) {
					target = alias.getTarget();
					ttl = Math.min(ttl, record.getTTL());
				}
			}
			if (target == null) {
				break;
			}
			current = target;
		}
		return new Answer(List.copyOf(found), ttl, found.isEmpty() && !current.equals(name) ? current : null);
	}

	/** This one, valid only as long as the answer that led to it. */
	Answer behind(Answer before) {
		return new Answer(records, Math.min(ttlSeconds, before.ttlSeconds), alias);
	}
}
