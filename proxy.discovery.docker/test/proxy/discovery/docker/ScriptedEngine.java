package proxy.discovery.docker;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** An engine that knows the containers it is told of, and answers some requests as a test wants. */
final class ScriptedEngine implements Closeable {

	static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

	/** What is sent; the connection is closed after it. */
	interface Answer {
		void to(OutputStream client) throws IOException;
	}

	final Path socket;
	final AtomicInteger lists = new AtomicInteger();
	private final Map<String, ContainerText> containers = new ConcurrentHashMap<>();
	private final Map<String, Answer> answers = new ConcurrentHashMap<>();
	private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
	private final List<SocketChannel> streams = new CopyOnWriteArrayList<>();
	private ServerSocketChannel server;

	ScriptedEngine(Path folder) {
		socket = folder.resolve("docker.sock");
	}

	ScriptedEngine start() throws IOException {
		Files.deleteIfExists(socket);
		ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
		listening.bind(UnixDomainSocketAddress.of(socket));
		server = listening;
		run(() -> {
			while (true) {
				SocketChannel client = listening.accept();
				open.add(client);
				run(() -> serve(client));
			}
		});
		return this;
	}

	ScriptedEngine with(ContainerText... texts) {
		for (ContainerText text : texts) {
			containers.put(text.id, text);
		}
		return this;
	}

	void without(ContainerText text) {
		containers.remove(text.id);
	}

	/** @param path the beginning of the target of the requests that are answered so, until another answer is set */
	void answer(String path, Answer answer) {
		answers.put(path, answer);
	}

	void answer(String path, String bytes) {
		answer(path, client -> client.write(bytes.getBytes(StandardCharsets.UTF_8)));
	}

	void answerRightly(String path) {
		answers.remove(path);
	}

	int streams() {
		return streams.size();
	}

	void emit(String event) throws IOException {
		String line = event + "\n";
		emitRaw(Integer.toHexString(line.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + line + "\r\n");
	}

	void emitRaw(String bytes) throws IOException {
		synchronized (streams) {
			for (SocketChannel stream : streams) {
				ByteBuffer rest = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8));
				while (rest.hasRemaining()) {
					stream.write(rest);
				}
			}
		}
	}

	void cutStreams() throws IOException {
		for (SocketChannel stream : streams) {
			streams.remove(stream);
			stream.close();
		}
	}

	@Override
	public void close() throws IOException {
		server.close();
		streams.clear();
		for (SocketChannel client : open) {
			open.remove(client);
			client.close();
		}
	}

	private void serve(SocketChannel client) throws IOException {
		String target = target(Channels.newInputStream(client));
		OutputStream out = Channels.newOutputStream(client);
		for (Map.Entry<String, Answer> answer : answers.entrySet()) {
			if (target.startsWith(answer.getKey())) {
				answer.getValue().to(out);
				client.close();
				return;
			}
		}
		if (target.startsWith("/events")) {
			synchronized (streams) {
				out.write((OK + "Transfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
				streams.add(client);
			}
			return;
		}
		String body = target.startsWith("/containers/json") ? list(target) : inspection(target.split("/")[2]);
		String start = body == null ? "HTTP/1.1 404 Not Found\r\n" : OK;
		byte[] content = (body == null ? "{\"message\":\"No such container\"}" : body).getBytes(StandardCharsets.UTF_8);
		out.write((start + "Content-Length: " + content.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		out.write(content);
		client.close();
	}

	private String list(String target) {
		lists.incrementAndGet();
		String filter = URLDecoder.decode(target, StandardCharsets.UTF_8);
		return containers.values().stream()
				.filter(container -> container.has("pingoo.service") && filter.contains("pingoo.service")
						|| container.has("gatehouse.service") && filter.contains("gatehouse.service"))
				.map(ContainerText::entry)
				.collect(Collectors.joining(",", "[", "]"));
	}

	private String inspection(String id) {
		ContainerText container = containers.get(id);
		return container == null ? null : container.inspection();
	}

	private static String target(InputStream in) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
			int octet = in.read();
			if (octet < 0) {
				throw new IOException("no request");
			}
			head.write(octet);
		}
		return head.toString(StandardCharsets.US_ASCII).split(" ")[1];
	}

	private interface Task {
		void run() throws IOException;
	}

	private static void run(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			} catch (IOException closed) {
				// either side may go at any time
			}
		}, "scripted-engine");
		thread.setDaemon(true);
		thread.start();
	}
}
