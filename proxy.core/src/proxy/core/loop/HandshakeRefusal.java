package proxy.core.loop;

import java.nio.ByteBuffer;

/** A client's TLS handshake cannot begin, and the alert that says why (RFC 8446 section 6.2). */
public final class HandshakeRefusal extends RuntimeException {

	public static final int UNRECOGNIZED_NAME = 112;
	/** RFC 7301 section 3.2. */
	public static final int NO_APPLICATION_PROTOCOL = 120;

	private static final int HANDSHAKE_FAILURE = 40;
	private static final byte RECORD_ALERT = 21;
	private static final byte FATAL = 2;
	private static final long serialVersionUID = 1;

	private final int alert;

	public HandshakeRefusal(int alert, String message) {
		super(message, null, false, false);
		this.alert = alert;
	}

	/** The alert for whatever kept a handshake from beginning, as a record: nothing is encrypted yet. */
	static void putAlert(ByteBuffer out, Throwable cause) {
		int alert = cause instanceof HandshakeRefusal refusal ? refusal.alert : HANDSHAKE_FAILURE;
		out.put(RECORD_ALERT).put((byte) 3).put((byte) 3).putShort((short) 2).put(FATAL).put((byte) alert);
	}
}
