package proxy.tls.acme;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.pem.PrivateFile;

/**
 * Lets one process at a time order certificates for a folder: while one takes over from another, two have the same. The lock
 * is the operating system's, so that it goes with a process that crashes. For the control thread.
 */
final class OrderLock {

	private static final Logger log = LoggerFactory.getLogger(OrderLock.class);

	private final Path file;
	private FileChannel channel;
	private boolean told;

	OrderLock(Path folder) {
		file = folder.resolve(".acme.lock");
	}

	boolean isHeld() {
		return channel != null;
	}

	/** Whether orders may be made. Where there can be no lock they may: nothing that is ordered there is shared either. */
	boolean acquire() {
		FileChannel opened = null;
		try {
			opened = PrivateFile.lockable(file);
			FileLock lock = opened.tryLock();
			if (lock != null) {
				channel = opened;
				told = false;
				return true;
			}
		} catch (OverlappingFileLockException heldInThisProcess) {
			log.debug("tls: the lock of ACME orders is held in this process");
		} catch (IOException impossible) {
			log.atDebug().addKeyValue("reason", PrivateFile.reason(impossible)).log("tls: ACME orders cannot be locked");
			close(opened);
			return true;
		}
		close(opened);
		if (!told) {
			told = true;
			log.info("tls: another process orders certificates for the same folder, waiting for it");
		}
		return false;
	}

	void release() {
		close(channel);
		channel = null;
	}

	private static void close(FileChannel opened) {
		try {
			if (opened != null) {
				opened.close();
			}
		} catch (IOException gone) {
			log.debug("tls: the lock of ACME orders is closed all the same", gone);
		}
	}
}
