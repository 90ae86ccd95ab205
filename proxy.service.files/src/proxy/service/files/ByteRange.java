package proxy.service.files;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Octets of a content, from the first to the one before the end (RFC 9110 section 14). */
record ByteRange(long start, long end) {

	/** More ranges than this, or such that overlap, are not answered as ranges: section 14.2 warns of them. */
	private static final int MOST = 16;

	private static final Pattern RANGE = Pattern.compile("(\\d*)-(\\d*)");

	long length() {
		return end - start;
	}

	/**
	 * What a Range field asks for of a content of that length.
	 *
	 * @return null when the field is to be ignored, empty when nothing of it is there
	 */
	static List<ByteRange> parse(String field, long length) {
		if (!field.regionMatches(true, 0, "bytes=", 0, 6)) {
			return null;
		}
		List<ByteRange> ranges = new ArrayList<>();
		int asked = 0;
		for (String text : field.substring(6).split(",", -1)) {
			if (text.isBlank()) {
				continue;
			}
			Matcher range = RANGE.matcher(text.strip());
			if (++asked > MOST || !range.matches() || !isOrdered(range)) {
				return null;
			}
			ByteRange wanted = of(range, length);
			if (wanted.start < wanted.end) {
				if (ranges.stream().anyMatch(wanted::overlaps)) {
					return null;
				}
				ranges.add(wanted);
			}
		}
		return asked == 0 ? null : ranges;
	}

	private boolean overlaps(ByteRange other) {
		return start < other.end && other.start < end;
	}

	private static boolean isOrdered(Matcher range) {
		if (range.group(1).isEmpty()) {
			return !range.group(2).isEmpty();
		}
		return range.group(2).isEmpty() || number(range.group(1)) <= number(range.group(2));
	}

	private static ByteRange of(Matcher range, long length) {
		if (range.group(1).isEmpty()) {
			return new ByteRange(length - Math.min(length, number(range.group(2))), length);
		}
		long last = range.group(2).isEmpty() ? length - 1 : Math.min(length - 1, number(range.group(2)));
		return new ByteRange(number(range.group(1)), last + 1);
	}

	private static long number(String digits) {
		return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
	}

	/** The value of Content-Range. */
	String of(long length) {
		return "bytes " + start + "-" + (end - 1) + "/" + length;
	}
}
