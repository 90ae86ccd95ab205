package proxy.core.http2;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;
import proxy.core.http.Gate;

/** A client that sends exactly the frames it is told to, and tells the frames it gets as text. */
final class FrameClient implements AutoCloseable {

	static final byte[] PREFACE = latin("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
	private static final Set<Integer> UNINTERESTING = Set.of(Frame.SETTINGS, Frame.WINDOW_UPDATE, Frame.PING);

	private final Socket socket;
	private final DataInputStream in;
	private final HpackDecoder decoder = new HpackDecoder(1 << 20, System::nanoTime);
	private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();

	/** Connects and sends the preface with these settings: identifiers and values. */
	FrameClient(Gate gate, int... settings) throws IOException {
		this(gate, PREFACE);
		settings(settings);
	}

	FrameClient(Gate gate, byte[] first) throws IOException {
		socket = gate.connect();
		in = new DataInputStream(socket.getInputStream());
		decoder.setMaxHeaderListSize(1 << 20);
		socket.getOutputStream().write(first);
	}

	static byte[] latin(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	/** Frames are collected until {@link #flush}, so that many come at once. */
	FrameClient add(int type, int flags, int stream, byte[] payload) {
		ByteBuffer header = ByteBuffer.allocate(9);
		header.putInt(payload.length << 8 | type).put((byte) flags).putInt(stream);
		unsent.writeBytes(header.array());
		unsent.writeBytes(payload);
		return this;
	}

	void flush() throws IOException {
		socket.getOutputStream().write(unsent.toByteArray());
		unsent.reset();
	}

	/** Sends the preface and what has been collected, one octet at a time. */
	void trickle() throws IOException {
		for (byte octet : PREFACE) {
			socket.getOutputStream().write(octet);
		}
		for (byte octet : unsent.toByteArray()) {
			socket.getOutputStream().write(octet);
		}
		unsent.reset();
	}

	/** Sends the header of a frame and nothing of its payload. */
	void cut(int type, int length) throws IOException {
		socket.getOutputStream().write(ByteBuffer.allocate(9).putInt(length << 8 | type).put((byte) 5).putInt(1).array());
	}

	void send(int type, int flags, int stream, byte[] payload) throws IOException {
		add(type, flags, stream, payload).flush();
	}

	/** A field block of literals: names and values by turns. */
	static byte[] block(String... fields) {
		ByteArrayOutputStream block = new ByteArrayOutputStream();
		for (int i = 0; i < fields.length; i += 2) {
			block.write(0);
			string(block, fields[i]);
			string(block, fields[i + 1]);
		}
		return block.toByteArray();
	}

	private static void string(ByteArrayOutputStream block, String text) {
		ByteBuffer length = ByteBuffer.allocate(8);
		HpackEncoder.integer(length, 0, 7, text.length());
		block.write(length.array(), 0, length.position());
		block.writeBytes(latin(text));
	}

	/** A proper request's head, with these fields too. */
	static byte[] request(String method, String path, String... fields) {
		ByteArrayOutputStream block = new ByteArrayOutputStream();
		block.writeBytes(block(":method", method, ":scheme", "http", ":authority", "h", ":path", path));
		block.writeBytes(block(fields));
		return block.toByteArray();
	}

	void get(int stream, String path, String... fields) throws IOException {
		send(Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, stream, request("GET", path, fields));
	}

	void post(int stream, String path, String... fields) throws IOException {
		send(Frame.HEADERS, Frame.END_HEADERS, stream, request("POST", path, fields));
	}

	void data(int stream, String content, boolean last) throws IOException {
		send(Frame.DATA, last ? Frame.END_STREAM : 0, stream, latin(content));
	}

	void settings(int... pairs) throws IOException {
		ByteBuffer payload = ByteBuffer.allocate(pairs.length / 2 * 6);
		for (int i = 0; i < pairs.length; i += 2) {
			payload.putShort((short) pairs[i]).putInt(pairs[i + 1]);
		}
		send(Frame.SETTINGS, 0, 0, payload.array());
	}

	void windowUpdate(int stream, int increment) throws IOException {
		send(Frame.WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(increment).array());
	}

	void reset(int stream) throws IOException {
		send(Frame.RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(ErrorCode.CANCEL).array());
	}

	/** The next frame that is not SETTINGS, PING or WINDOW_UPDATE; "EOF" when the gateway has closed. */
	String next() throws IOException {
		String text;
		do {
			text = any();
		} while (text == null);
		return text;
	}

	/** The next frame of the type, as its payload; those in front of it are forgotten. */
	ByteBuffer next(int type) throws IOException {
		while (true) {
			int word = in.readInt();
			in.readByte();
			in.readInt();
			byte[] payload = in.readNBytes(word >>> 8);
			if ((word & 0xFF) == type) {
				return ByteBuffer.wrap(payload);
			}
		}
	}

	/** The type of the next frame that is not SETTINGS. */
	int type() throws IOException {
		int type;
		do {
			int word = in.readInt();
			in.readByte();
			in.readInt();
			in.readNBytes(word >>> 8);
			type = word & 0xFF;
		} while (type == Frame.SETTINGS);
		return type;
	}

	/** The code of the GOAWAY with which the gateway gives up; what comes in front of it does not matter. */
	int goneAway() throws IOException {
		return next(Frame.GOAWAY).getInt(4);
	}

	private String any() throws IOException {
		int word;
		try {
			word = in.readInt();
		} catch (EOFException | SocketException closed) {
			return "EOF";
		}
		int flags = in.readUnsignedByte();
		int stream = in.readInt();
		ByteBuffer payload = ByteBuffer.wrap(in.readNBytes(word >>> 8));
		int type = word & 0xFF;
		String end = (flags & Frame.END_STREAM) != 0 ? " END" : "";
		return switch (type) {
			case Frame.HEADERS -> "HEADERS " + stream + fields(whole(payload, flags)) + end;
			case Frame.DATA -> "DATA " + stream + " " + StandardCharsets.ISO_8859_1.decode(payload) + end;
			case Frame.RST_STREAM -> "RST_STREAM " + stream + " " + payload.getInt();
			case Frame.GOAWAY -> "GOAWAY " + payload.getInt() + " " + payload.getInt();
			default -> UNINTERESTING.contains(type) ? null : "type " + type;
		};
	}

	private ByteBuffer whole(ByteBuffer first, int flags) throws IOException {
		ByteArrayOutputStream block = new ByteArrayOutputStream();
		block.writeBytes(first.array());
		boolean end = (flags & Frame.END_HEADERS) != 0;
		while (!end) {
			int word = in.readInt();
			end = (in.readUnsignedByte() & Frame.END_HEADERS) != 0;
			in.readInt();
			block.writeBytes(in.readNBytes(word >>> 8));
		}
		return ByteBuffer.wrap(block.toByteArray());
	}

	/** Without the Date, which nobody knows beforehand. */
	private String fields(ByteBuffer block) throws IOException {
		try {
			MetaData meta = decoder.decode(block);
			StringBuilder text = new StringBuilder();
			if (meta instanceof MetaData.Response response) {
				text.append(' ').append(response.getStatus());
			}
			for (HttpField field : meta.getHttpFields()) {
				if (!field.getName().equals("date")) {
					text.append(' ').append(field.getName()).append('=').append(field.getValue());
				}
			}
			return text.toString();
		} catch (HpackException wrong) {
			throw new IOException(wrong);
		}
	}

	@Override
	public void close() throws IOException {
		socket.close();
	}
}
