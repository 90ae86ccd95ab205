package proxy.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import proxy.fixtures.Octets;

/** An upstream that keeps every octet it is sent, reads them strictly, and answers each whole request with its target. */
final class UpstreamRecorder implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 256, InetAddress.getByName("127.0.0.1"));
	private final List<Connection> connections = new CopyOnWriteArrayList<>();

	UpstreamRecorder() throws IOException {
		start("recorder", this::accept);
	}

	String url() {
		return "http://127.0.0.1:" + server.getLocalPort();
	}

	/** Remembers where it stands. */
	Mark mark() {
		return new Mark(connections.stream().map(connection -> connection.octets().length()).toList());
	}

	/** What has come since a moment. */
	final class Mark {

		private final List<Integer> lengths;

		private Mark(List<Integer> lengths) {
			this.lengths = lengths;
		}

		Record since() {
			StringBuilder octets = new StringBuilder();
			List<StrictRequests.Seen> complete = new CopyOnWriteArrayList<>();
			TreeSet<String> oddities = new TreeSet<>();
			for (int i = 0; i < connections.size(); i++) {
				String all = connections.get(i).octets();
				String fresh = all.substring(i < lengths.size() ? lengths.get(i) : 0);
				StrictRequests requests = new StrictRequests(fresh);
				octets.append(fresh);
				complete.addAll(requests.complete());
				oddities.addAll(requests.oddities());
			}
			return new Record(octets.toString(), complete, oddities);
		}
	}

	/** @param complete the requests that came whole */
	record Record(String octets, List<StrictRequests.Seen> complete, TreeSet<String> oddities) {}

	private void accept() {
		while (!server.isClosed()) {
			try {
				Connection connection = new Connection(server.accept());
				connections.add(connection);
				start("recorded", connection::serve);
			} catch (IOException closed) {
				return;
			}
		}
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		server.close();
		for (Connection connection : connections) {
			connection.socket.close();
		}
	}

	private static final class Connection {

		private final Socket socket;
		private final StringBuffer octets = new StringBuffer();

		private Connection(Socket socket) {
			this.socket = socket;
		}

		private String octets() {
			return octets.toString();
		}

		private void serve() {
			byte[] buffer = new byte[65_536];
			int answered = 0;
			int continued = 0;
			try (socket) {
				InputStream in = socket.getInputStream();
				OutputStream out = socket.getOutputStream();
				for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
					octets.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
					List<StrictRequests.Seen> seen = new StrictRequests(octets()).requests();
					for (; answered < seen.size() && seen.get(answered).complete(); answered++) {
						out.write(answer(seen.get(answered)));
					}
					if (continued < seen.size() && answered < seen.size() && seen.get(answered).expectsContinue()) {
						continued = seen.size();
						out.write(Octets.of("HTTP/1.1 100 Continue\r\n\r\n"));
					}
				}
			} catch (IOException gone) {
				// what it sent is kept
			}
		}

		private static byte[] answer(StrictRequests.Seen request) {
			String content = request.target() + "\n";
			return Octets.of("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + content.length() + "\r\n\r\n"
					+ (request.method().equals("HEAD") ? "" : content));
		}
	}
}
