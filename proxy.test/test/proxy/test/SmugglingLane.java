package proxy.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Octets;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.Tls;

/** Sends cases to one pair of listeners whose only upstream is the recorder, and judges what comes of it. */
final class SmugglingLane {

	/** How a fault begins that is more than a departure from what was expected. */
	static final String GRAVE = "!";

	private static final int QUIET_MILLIS = 400;
	private static final int FIRST_OCTET_MILLIS = 900;
	private static final int CANARIES = 2;
	private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})");

	private final int plainPort;
	private final int tlsPort;
	private final UpstreamRecorder recorder;

	SmugglingLane(int plainPort, int tlsPort, UpstreamRecorder recorder) {
		this.plainPort = plainPort;
		this.tlsPort = tlsPort;
		this.recorder = recorder;
	}

	/** What was not as it should be; empty when all was well. */
	List<String> faults(SmugglingCase request) throws IOException {
		UpstreamRecorder.Mark before = recorder.mark();
		byte[] answer = exchange(request);
		List<Integer> statuses = request.http2() ? http2Statuses(answer) : http1Statuses(answer);
		List<String> faults = new ArrayList<>();
		UpstreamRecorder.Record seen = before.since();
		for (int i = 0; i < CANARIES; i++) {
			canary(request, faults);
		}
		int complete = seen.complete().size();
		boolean good = statuses.stream().anyMatch(status -> status >= 200 && status < 300);

		if (!request.legit() && seen.complete().stream().anyMatch(one -> one.target().contains("/smuggled"))) {
			faults.add(GRAVE + "a smuggled request reached the upstream");
		}
		if (!seen.oddities().isEmpty()) {
			faults.add(GRAVE + "the upstream got " + seen.oddities());
		}
		if (request.never() != null && seen.octets().contains(request.never())) {
			faults.add(GRAVE + "the upstream saw " + request.never());
		}
		if (complete > request.upstream()) {
			faults.add(complete + " requests reached the upstream");
		}
		boolean kept = request.keeps() == null || seen.octets().contains(request.keeps());
		switch (request.expected()) {
			case REJECT -> {
				if (complete > 0 || good) {
					faults.add("not refused: statuses " + statuses + ", " + complete + " upstream");
				}
			}
			case FORWARD -> {
				if (complete != request.upstream() || !good || !kept) {
					faults.add("not forwarded as it is: statuses " + statuses + ", " + complete + " upstream");
				}
			}
			case EITHER -> {
				if (complete > 0 && !kept) {
					faults.add("changed");
				}
			}
		}
		return faults;
	}

	/** An ordinary request on a fresh connection must get its own answer. */
	private void canary(SmugglingCase request, List<String> faults) {
		String target = "/canary-" + request.id() + "-" + ThreadLocalRandom.current().nextInt(1 << 30);
		try (Http1Client client = Http1Client.plain(plainPort)) {
			Response response = client.send(Request.get(target).with("Connection", "close"));
			if (!response.text().equals(target + "\n")) {
				faults.add(GRAVE + "an innocent request got " + response);
			}
		} catch (IOException e) {
			faults.add(GRAVE + "an innocent request got " + e);
		}
	}

	/** Sends the octets and reads until the peer ends or has been quiet for a while: a hang is no answer, but no fault. */
	private byte[] exchange(SmugglingCase request) throws IOException {
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		try (Socket socket = request.http2()
				? Tls.trustingAll().connect(tlsPort, "localhost", "h2")
				: new Socket("127.0.0.1", plainPort)) {
			Thread sender = new Thread(() -> send(socket, request), "smuggle-" + request.id());
			sender.setDaemon(true);
			sender.start();
			InputStream in = socket.getInputStream();
			byte[] buffer = new byte[65_536];
			socket.setSoTimeout(FIRST_OCTET_MILLIS);
			for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
				answer.write(buffer, 0, count);
				socket.setSoTimeout(QUIET_MILLIS);
			}
		} catch (SocketTimeoutException quiet) {
			return answer.toByteArray();
		} catch (IOException reset) {
			return answer.toByteArray();
		}
		return answer.toByteArray();
	}

	private static void send(Socket socket, SmugglingCase request) {
		try {
			socket.getOutputStream().write(request.octets());
			socket.getOutputStream().flush();
			if (request.halfClose()) {
				socket.shutdownOutput();
			}
		} catch (IOException refused) {
			// what the gateway answers is being read
		}
	}

	private static List<Integer> http1Statuses(byte[] answer) {
		List<Integer> statuses = new ArrayList<>();
		Matcher status = STATUS.matcher(Octets.text(answer));
		while (status.find()) {
			statuses.add(Integer.valueOf(status.group(1)));
		}
		return statuses;
	}

	private static List<Integer> http2Statuses(byte[] answer) {
		List<Integer> statuses = new ArrayList<>();
		HpackDecoder decoder = new HpackDecoder(1 << 16, System::nanoTime);
		ByteBuffer frames = ByteBuffer.wrap(answer);
		while (frames.remaining() >= 9) {
			int start = frames.getInt();
			int flags = frames.get();
			frames.getInt();
			int length = Math.min(start >>> 8, frames.remaining());
			ByteBuffer payload = frames.slice(frames.position(), length);
			frames.position(frames.position() + length);
			if ((start & 0xFF) == 1) {
				try {
					if ((flags & 0x20) != 0) {
						payload.position(5);
					}
					if (decoder.decode(payload) instanceof MetaData.Response response) {
						statuses.add(response.getStatus());
					}
				} catch (HpackException e) {
					throw new AssertionError(e);
				}
			}
		}
		return statuses;
	}
}
