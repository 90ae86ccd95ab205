package proxy.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;

/** Listens at a port that others may listen at, too, until it is killed. */
final class SharedPort {

	private SharedPort() {}

	public static void main(String[] port) throws IOException {
		try (ServerSocket socket = open(Integer.parseInt(port[0]))) {
			while (true) {
				socket.accept().close();
			}
		}
	}

	static ServerSocket open(int port) throws IOException {
		ServerSocket socket = new ServerSocket();
		socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
		socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		return socket;
	}
}
