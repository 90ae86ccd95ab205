package proxy.api.transport;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The protocol on top of a connection. Called on the loop's thread; must not block. An exception that escapes closes the
 * connection and is logged.
 */
@ConsumerType
public interface TransportHandler {

	/**
	 * There is something to read, or the peer has ended or broken the connection: {@link Transport#read} tells which.
	 * Reading to the end is not necessary: what is left is told again.
	 */
	void onReadable();

	/** All bytes taken by {@link Transport#write} have been sent, after it had returned false. */
	void onWritable();

	/** The connection broke while writing what had been taken, or its loop is stopping; it is closed already. */
	void onClosed(Throwable cause);
}
