package proxy.service.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntFunction;
import java.util.zip.GZIPOutputStream;

/** Files, read such that what is read belongs together. On threads that may block. */
final class Reading {

	private Reading() {}

	/** Opens the file if it is still what it was. */
	static FileChannel open(Path file, Stamp stamp) throws IOException {
		FileChannel channel;
		try {
			channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
		} catch (NoSuchFileException gone) {
			throw new ChangedException(file);
		}
		try {
			requireUnchanged(file, stamp);
			return channel;
		} catch (IOException changed) {
			channel.close();
			throw changed;
		}
	}

	/** All of a small file, in memory that is given by its length. */
	static ByteBuffer octets(Path file, Stamp stamp, IntFunction<ByteBuffer> memory) throws IOException {
		try (FileChannel channel = open(file, stamp)) {
			ByteBuffer octets = memory.apply(Math.toIntExact(stamp.size()));
			while (octets.hasRemaining()) {
				if (channel.read(octets) < 0) {
					throw new ChangedException(file);
				}
			}
			requireUnchanged(file, stamp);
			return octets.flip();
		}
	}

	/** Throws unless the name leads to the same state of the same file as before. */
	private static void requireUnchanged(Path file, Stamp before) throws IOException {
		try {
			if (!Stamp.of(file).equals(before)) {
				throw new ChangedException(file);
			}
		} catch (NoSuchFileException gone) {
			throw new ChangedException(file);
		}
	}

	/** Throws when the file that is open was written to. That its name leads to another one by now, or to none, is no harm. */
	static void requireUnwritten(Path file, Stamp before) throws IOException {
		try {
			if (before.writtenTo(Stamp.of(file))) {
				throw new ChangedException(file);
			}
		} catch (NoSuchFileException gone) {
			// what is open is still whole
		}
	}

	static byte[] gzip(ByteBuffer octets) throws IOException {
		byte[] plain = new byte[octets.capacity()];
		octets.get(0, plain);
		ByteArrayOutputStream compressed = new ByteArrayOutputStream(plain.length / 3 + 64);
		try (GZIPOutputStream gzip = new GZIPOutputStream(compressed, 8_192)) {
			gzip.write(plain);
		}
		return compressed.toByteArray();
	}
}
