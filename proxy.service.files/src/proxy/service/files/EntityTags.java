package proxy.service.files;

/** Lists of entity tags in conditions (RFC 9110 section 8.8.3). */
final class EntityTags {

	private EntityTags() {}

	/**
	 * Whether a list has the tag, or is {@code *}.
	 *
	 * @param tag a strong one, with its quotes
	 * @param weakToo whether {@code W/"x"} counts as {@code "x"} (weak comparison)
	 */
	static boolean has(String list, String tag, boolean weakToo) {
		if (list.strip().equals("*")) {
			return true;
		}
		int at = 0;
		while (at < list.length()) {
			int quote = list.indexOf('"', at);
			int end = quote < 0 ? -1 : list.indexOf('"', quote + 1);
			if (end < 0) {
				return false;
			}
			boolean weak = quote >= 2 && list.startsWith("W/", quote - 2);
			if ((weakToo || !weak) && end + 1 - quote == tag.length() && list.startsWith(tag, quote)) {
				return true;
			}
			at = end + 1;
		}
		return false;
	}
}
