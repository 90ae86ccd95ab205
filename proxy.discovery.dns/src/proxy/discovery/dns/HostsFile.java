package proxy.discovery.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names and addresses of {@code /etc/hosts}. A name may have several. */
record HostsFile(Map<String, List<InetAddress>> addresses) {

	static HostsFile parse(List<String> lines) {
		Map<String, List<InetAddress>> addresses = new HashMap<>();
		for (String line : lines) {
			String[] words = line.split("#", 2)[0].strip().split("\\s+");
			InetAddress address = ServerAddress.literal(words[0]);
			for (int i = 1; i < words.length && address != null; i++) {
				addresses.computeIfAbsent(words[i].toLowerCase(Locale.ROOT), name -> new ArrayList<>()).add(address);
			}
		}
		return new HostsFile(addresses);
	}

	/** Empty for a name that is not there. */
	List<InetAddress> find(String name) {
		return addresses.getOrDefault(name, List.of());
	}
}
