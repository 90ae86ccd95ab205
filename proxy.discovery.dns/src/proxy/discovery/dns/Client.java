package proxy.discovery.dns;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.StampedLock;
import org.xbill.DNS.Message;
import org.xbill.DNS.NioClient;
import org.xbill.DNS.SimpleResolver;

/**
 * Sends queries until it is closed, with dnsjava's thread and sockets. What is asked while they are being closed, since an answer or
 * that very end leads to another question, would open them again, and closing them would then wait for ever for a thread that goes
 * on with the new ones. Any thread.
 */
final class Client {

	/** Read while a query is handed over, and written by the end: then nobody gets it any more. */
	private final StampedLock open = new StampedLock();

	/** Never waits: dnsjava's own thread asks, too. */
	CompletionStage<Message> send(SimpleResolver resolver, Message query) {
		long stamp = open.tryReadLock();
		if (stamp == 0) {
			return CompletableFuture.failedStage(new IOException("names are not looked up any more"));
		}
		try {
			return resolver.sendAsync(query, Runnable::run);
		} finally {
			open.unlockRead(stamp);
		}
	}

	/** Once. Queries that wait for an answer fail. */
	void close() {
		open.writeLock();
		NioClient.close();
	}
}
