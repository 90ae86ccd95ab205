package proxy.core.http2;

/** A connection's open streams by number, and how those closed lately were closed. */
final class Streams {

	private static final int BUCKETS = 64;
	private static final int REMEMBERED = 128;

	private final Http2Exchange[] buckets = new Http2Exchange[BUCKETS];
	/** By number: twice the number of a closed stream, and 1 when it was us who reset it. */
	private final int[] closed = new int[REMEMBERED];

	private int count;
	private int last;

	Http2Exchange get(int stream) {
		Http2Exchange exchange = buckets[bucket(stream)];
		while (exchange != null && exchange.stream() != stream) {
			exchange = exchange.nextInBucket;
		}
		return exchange;
	}

	/** The highest number that the client has used. */
	int last() {
		return last;
	}

	void last(int stream) {
		last = stream;
	}

	int count() {
		return count;
	}

	void add(Http2Exchange exchange) {
		int bucket = bucket(exchange.stream());
		exchange.nextInBucket = buckets[bucket];
		buckets[bucket] = exchange;
		count++;
	}

	/**
	 * @param reset whether the client may not know yet that the stream is closed
	 * @return false when it was not open
	 */
	boolean remove(Http2Exchange exchange, boolean reset) {
		int bucket = bucket(exchange.stream());
		Http2Exchange previous = null;
		for (Http2Exchange at = buckets[bucket]; at != null; at = at.nextInBucket) {
			if (at == exchange) {
				if (previous == null) {
					buckets[bucket] = at.nextInBucket;
				} else {
					previous.nextInBucket = at.nextInBucket;
				}
				at.nextInBucket = null;
				count--;
				closed(exchange.stream(), reset);
				return true;
			}
			previous = at;
		}
		return false;
	}

	void closed(int stream, boolean reset) {
		closed[slot(stream)] = stream << 1 | (reset ? 1 : 0);
	}

	/** Whether frames for the stream may have been sent before the client knew that it was closed. */
	boolean wasReset(int stream) {
		return closed[slot(stream)] == (stream << 1 | 1);
	}

	/** Whether the stream has been open, as far as is remembered. */
	boolean wasOpen(int stream) {
		return closed[slot(stream)] >>> 1 == stream;
	}

	/** Those open now. */
	Http2Exchange[] open() {
		Http2Exchange[] open = new Http2Exchange[count];
		int at = 0;
		for (Http2Exchange first : buckets) {
			for (Http2Exchange exchange = first; exchange != null; exchange = exchange.nextInBucket) {
				open[at++] = exchange;
			}
		}
		return open;
	}

	private static int bucket(int stream) {
		return stream >>> 1 & BUCKETS - 1;
	}

	private static int slot(int stream) {
		return stream >>> 1 & REMEMBERED - 1;
	}
}
