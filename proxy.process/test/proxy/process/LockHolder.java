package proxy.process;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Another process, which holds the lock of a file until it is ended, or whoever started it has. */
final class LockHolder {

	private LockHolder() {}

	public static void main(String[] file) throws Exception {
		try (FileChannel channel = FileChannel.open(Path.of(file[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			channel.lock();
			System.out.print("L");
			System.out.flush();
			System.in.read();
		}
	}
}
