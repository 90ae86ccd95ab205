package proxy.service.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What is sent of a variant: all of it, a range, or several with text between them. Knows how far it has been taken. */
final class Content {

	/** Octets as they stand in the file. */
	record Run(long position, long count) {}

	/** Text, or where text is null a range. */
	private record Piece(byte[] text, ByteRange range) {

		long length() {
			return text == null ? range.length() : text.length;
		}
	}

	private final List<Piece> pieces;
	private final String type;
	private final long length;
	private int piece;
	private long offset;

	private Content(List<Piece> pieces, String type) {
		this.pieces = pieces;
		this.type = type;
		long sum = 0;
		for (Piece each : pieces) {
			sum += each.length();
		}
		length = sum;
		skipDone();
	}

	static Content of(ByteRange range, String type) {
		return new Content(List.of(new Piece(null, range)), type);
	}

	/** As multipart/byteranges (RFC 9110 section 14.6). */
	static Content of(List<ByteRange> ranges, String type, long whole) {
		String boundary = Long.toHexString(ThreadLocalRandom.current().nextLong() | 1L << 62);
		List<Piece> pieces = new ArrayList<>();
		for (ByteRange range : ranges) {
			String head = (pieces.isEmpty() ? "" : "\r\n") + "--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Range: "
					+ range.of(whole) + "\r\n\r\n";
			pieces.add(new Piece(head.getBytes(StandardCharsets.US_ASCII), null));
			pieces.add(new Piece(null, range));
		}
		pieces.add(new Piece(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII), null));
		return new Content(pieces, "multipart/byteranges; boundary=" + boundary);
	}

	String type() {
		return type;
	}

	long length() {
		return length;
	}

	/** Whether all of it has been taken. */
	boolean isDone() {
		return piece == pieces.size();
	}

	/** The next octets of a variant in memory, at most so many. */
	ByteBuffer take(ByteBuffer octets, int most) {
		Piece now = pieces.get(piece);
		int count = (int) Math.min(most, now.length() - offset);
		ByteBuffer taken = now.text == null
				? octets.slice((int) (now.range.start() + offset), count)
				: ByteBuffer.wrap(now.text, (int) offset, count);
		advance(count);
		return taken;
	}

	/**
	 * The next octets as they stand in the file, at most so many; null when text is next, or when what is next would leave fewer than
	 * so many octets to be read.
	 */
	Run take(long most, int left) {
		Piece now = pieces.get(piece);
		long count = Math.min(most, now.length() - offset - left);
		if (now.text != null || count <= 0) {
			return null;
		}
		Run run = new Run(now.range.start() + offset, count);
		advance(count);
		return run;
	}

	/** Fills the buffer with the next octets; less only at the end. */
	void take(FileChannel file, ByteBuffer target) throws IOException {
		int capacity = target.limit();
		while (target.hasRemaining() && !isDone()) {
			Piece now = pieces.get(piece);
			int count = (int) Math.min(target.remaining(), now.length() - offset);
			if (now.text == null) {
				target.limit(target.position() + count);
				count = file.read(target, now.range.start() + offset);
				target.limit(capacity);
				if (count < 0) {
					throw new IOException("the file is shorter than it was");
				}
			} else {
				target.put(now.text, (int) offset, count);
			}
			advance(count);
		}
	}

	private void advance(long count) {
		offset += count;
		skipDone();
	}

	private void skipDone() {
		while (piece < pieces.size() && offset == pieces.get(piece).length()) {
			piece++;
			offset = 0;
		}
	}
}
