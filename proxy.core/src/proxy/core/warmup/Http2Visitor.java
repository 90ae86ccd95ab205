package proxy.core.warmup;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;

/** Sends requests of HTTP/2 (RFC 9113) on a new connection, many streams at once. */
final class Http2Visitor {

	private static final int STREAMS = 50;
	private static final int FRAME_HEADER = 9;
	private static final int DATA = 0;
	private static final int HEADERS = 1;
	private static final int SETTINGS = 4;
	private static final int END_STREAM = 0x1;
	private static final int ACK = 0x1;
	private static final int END_HEADERS = 0x4;

	/** GET, https, / and user-agent by their places in the static table (RFC 7541 appendix A), and an authority. */
	private static final byte[] BLOCK =
			Octets.of("\u0082\u0087\u0084\u0041\u0011rehearsal.invalid\u000f\u002b\u0009gatehouse");

	void visit(Socket connection, int turns) throws IOException {
		OutputStream out = connection.getOutputStream();
		DataInputStream in = new DataInputStream(connection.getInputStream());
		out.write(Octets.of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
		out.write(frame(ByteBuffer.allocate(FRAME_HEADER), SETTINGS, 0, 0, new byte[0]).array());
		awaitFrame(in);
		out.write(frame(ByteBuffer.allocate(FRAME_HEADER), SETTINGS, ACK, 0, new byte[0]).array());
		int stream = 1;
		for (int turn = 0; turn < turns; turn++) {
			ByteBuffer requests = ByteBuffer.allocate(STREAMS * (FRAME_HEADER + BLOCK.length));
			for (int i = 0; i < STREAMS; i++, stream += 2) {
				frame(requests, HEADERS, END_HEADERS | END_STREAM, stream, BLOCK);
			}
			out.write(requests.array());
			int ended = 0;
			while (ended < STREAMS) {
				ended += awaitFrame(in) ? 1 : 0;
			}
		}
	}

	private static ByteBuffer frame(ByteBuffer out, int type, int flags, int stream, byte[] payload) {
		return out.putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).put(payload);
	}

	/** Whether the frame was the last of a response. */
	private static boolean awaitFrame(DataInputStream in) throws IOException {
		int lengthAndType = in.readInt();
		int flags = in.readByte();
		in.skipNBytes(4 + (lengthAndType >>> 8));
		int type = lengthAndType & 0xff;
		return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
	}
}
