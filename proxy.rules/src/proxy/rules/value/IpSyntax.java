package proxy.rules.value;

/** Reads and writes IP addresses and networks; never asks a name server. */
final class IpSyntax {

	private IpSyntax() {}

	/** Null when the text is neither an address nor {@code address/prefix}. */
	static Ip parse(String text) {
		int slash = text.indexOf('/');
		String address = slash < 0 ? text : text.substring(0, slash);
		Ip single = address.indexOf(':') >= 0 ? parseV6(address) : parseV4(address);
		if (single == null || slash < 0) {
			return single == null ? null : plain(single);
		}
		String rest = text.substring(slash + 1);
		int prefix = !single.v6() && rest.indexOf('.') >= 0 ? maskLength(rest) : number(rest, single.prefix());
		return prefix < 0 ? null : plain(new Ip(single.v6(), single.high(), single.low(), prefix));
	}

	/** An IPv4-mapped address or network (::ffff:0:0/96, RFC 4291 section 2.5.5.2) is the IPv4 one: that is what clients have. */
	private static Ip plain(Ip ip) {
		boolean mapped = ip.v6() && ip.high() == 0 && ip.low() >>> 32 == 0xFFFF && ip.prefix() >= 96;
		return mapped ? new Ip(false, 0, ip.low() & 0xFFFF_FFFFL, ip.prefix() - 96) : ip;
	}

	private static Ip parseV4(String text) {
		long bits = 0;
		int start = 0;
		for (int part = 0; part < 4; part++) {
			int dot = part == 3 ? text.length() : text.indexOf('.', start);
			int octet = dot < 0 ? -1 : number(text.substring(start, dot), 255);
			if (octet < 0) {
				return null;
			}
			bits = bits << 8 | octet;
			start = dot + 1;
		}
		return new Ip(false, 0, bits, 32);
	}

	/** Length of a mask such as 255.255.0.0; -1 when it is none. */
	private static int maskLength(String text) {
		Ip mask = parseV4(text);
		if (mask == null) {
			return -1;
		}
		int inverted = ~(int) mask.low();
		return (inverted & inverted + 1) == 0 ? Integer.numberOfLeadingZeros(inverted) : -1;
	}

	/** A decimal number of up to three digits without leading zeros; -1 when the text is none or it is above the limit. */
	private static int number(String text, int limit) {
		if (text.isEmpty() || text.length() > 3 || text.length() > 1 && text.charAt(0) == '0') {
			return -1;
		}
		int number = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < '0' || c > '9') {
				return -1;
			}
			number = number * 10 + c - '0';
		}
		return number > limit ? -1 : number;
	}

	/** RFC 4291 section 2.2, with an embedded IPv4 address in the last place. */
	private static Ip parseV6(String text) {
		int gap = text.indexOf("::");
		if (gap < 0) {
			int[] all = groups(text);
			return all == null || all.length != 8 ? null : v6(all);
		}
		int[] before = groups(text.substring(0, gap));
		int[] after = groups(text.substring(gap + 2));
		if (before == null || after == null || before.length + after.length > 7) {
			return null;
		}
		int[] all = new int[8];
		System.arraycopy(before, 0, all, 0, before.length);
		System.arraycopy(after, 0, all, 8 - after.length, after.length);
		return v6(all);
	}

	private static Ip v6(int[] groups) {
		long high = 0;
		long low = 0;
		for (int i = 0; i < 4; i++) {
			high = high << 16 | groups[i];
			low = low << 16 | groups[i + 4];
		}
		return new Ip(true, high, low, 128);
	}

	/** Groups of 16 bits; null when the text is something else. */
	private static int[] groups(String text) {
		if (text.isEmpty()) {
			return new int[0];
		}
		String[] parts = text.split(":", -1);
		if (parts.length > 8) {
			return null;
		}
		boolean embedded = parts[parts.length - 1].indexOf('.') >= 0;
		int[] groups = new int[parts.length + (embedded ? 1 : 0)];
		for (int i = 0; i < parts.length - (embedded ? 1 : 0); i++) {
			groups[i] = group(parts[i]);
			if (groups[i] < 0) {
				return null;
			}
		}
		if (embedded) {
			Ip v4 = parseV4(parts[parts.length - 1]);
			if (v4 == null) {
				return null;
			}
			groups[groups.length - 2] = (int) (v4.low() >>> 16);
			groups[groups.length - 1] = (int) (v4.low() & 0xFFFF);
		}
		return groups;
	}

	private static int group(String text) {
		if (text.isEmpty() || text.length() > 4) {
			return -1;
		}
		int group = 0;
		for (int i = 0; i < text.length(); i++) {
			int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
			if (digit < 0) {
				return -1;
			}
			group = group << 4 | digit;
		}
		return group;
	}

	/** The address alone; IPv6 as RFC 5952 wants it. */
	static String format(Ip ip) {
		if (!ip.v6()) {
			long bits = ip.low();
			return (bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF);
		}
		int[] groups = new int[8];
		for (int i = 0; i < 4; i++) {
			groups[i] = (int) (ip.high() >>> 48 - 16 * i & 0xFFFF);
			groups[i + 4] = (int) (ip.low() >>> 48 - 16 * i & 0xFFFF);
		}
		return format(groups);
	}

	private static String format(int[] groups) {
		int gap = -1;
		int gapLength = 1; // one zero group alone is not shortened
		for (int i = 0; i < 8; i++) {
			int zeros = 0;
			while (i + zeros < 8 && groups[i + zeros] == 0) {
				zeros++;
			}
			if (zeros > gapLength) {
				gap = i;
				gapLength = zeros;
			}
			i += zeros;
		}
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < 8; i++) {
			if (i == gap) {
				text.append("::");
				i += gapLength - 1;
			} else {
				text.append(i > 0 && i != gap + gapLength || i > 0 && gap < 0 ? ":" : "").append(Integer.toHexString(groups[i]));
			}
		}
		return text.toString();
	}
}
