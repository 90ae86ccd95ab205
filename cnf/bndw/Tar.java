import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Writes a folder as .tar.gz (ustar) such that the same files give the same bytes: sorted, one time, one owner. */
final class Tar {

	private static final int BLOCK = 512;
	private static final long TIME = 1_577_836_800; // 2020-01-01, as good as any

	private Tar() {}

	static void write(Path folder, String root, Path archive) throws IOException {
		List<Path> all = new ArrayList<>();
		try (Stream<Path> walk = Files.walk(folder)) {
			walk.sorted().forEach(all::add);
		}
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive), 1 << 16)) {
			for (Path path : all) {
				String name = root + "/" + folder.relativize(path);
				if (Files.isDirectory(path)) {
					header(out, name.endsWith("/") ? name : name + "/", 0755, 0, '5');
					continue;
				}
				byte[] content = Files.readAllBytes(path);
				header(out, name, Files.isExecutable(path) ? 0755 : 0644, content.length, '0');
				out.write(content);
				out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
			}
			out.write(new byte[2 * BLOCK]);
		}
	}

	private static void header(OutputStream out, String name, int mode, long size, char type) throws IOException {
		if (name.length() > 100) throw new IOException("name too long for this archive: " + name);
		byte[] header = new byte[BLOCK];
		text(header, 0, name);
		text(header, 100, String.format("%07o", mode));
		text(header, 108, "0000000");
		text(header, 116, "0000000");
		text(header, 124, String.format("%011o", size));
		text(header, 136, String.format("%011o", TIME));
		text(header, 148, "        ");
		header[156] = (byte) type;
		text(header, 257, "ustar");
		text(header, 263, "00");
		text(header, 265, "root");
		text(header, 297, "root");
		int sum = 0;
		for (byte b : header) sum += b & 0xff;
		text(header, 148, String.format("%06o\0 ", sum));
		out.write(header);
	}

	private static void text(byte[] header, int at, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		System.arraycopy(bytes, 0, header, at, bytes.length);
	}
}
