package proxy.core.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.fixtures.Await;
import proxy.fixtures.Octets;

class UnsentTest {

	/** Long before a selector does. */
	@Test
	void tellsThatASlowPeerTakesSomething() throws IOException {
		try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				SocketChannel peer = SocketChannel.open(server.getLocalAddress());
				SocketChannel socket = server.accept();
				Selector selector = Selector.open()) {
			socket.configureBlocking(false);
			SelectionKey key = socket.register(selector, SelectionKey.OP_WRITE);
			Unsent unsent = new Unsent();
			unsent.add(ByteBuffer.allocate(64 * 1024 * 1024));
			Await.until("the kernel takes no more", () -> !unsent.send(socket) && !unsent.moved());
			while (selector.selectNow() == 0 && !unsent.moved()) {
				peer.read(ByteBuffer.allocate(16 * 1024));
				unsent.send(socket);
				selector.selectedKeys().clear();
			}
			assertFalse(key.isWritable(), "the selector was sooner");
		}
	}

	@Test
	void sendsOctetsOfAFileBehindThoseThatAreKept(@TempDir Path folder) throws IOException {
		byte[] content = Octets.random(9_000_000, 1);
		Path path = Files.write(folder.resolve("file"), content);
		try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				SocketChannel peer = SocketChannel.open(server.getLocalAddress());
				SocketChannel socket = server.accept();
				FileChannel file = FileChannel.open(path)) {
			socket.configureBlocking(false);
			Unsent unsent = new Unsent();
			unsent.add(ByteBuffer.wrap("head".getBytes(US_ASCII)));
			unsent.add(file, 1_000, content.length - 2_000);
			ByteBuffer received = ByteBuffer.allocate(4 + content.length - 2_000);
			while (received.hasRemaining()) {
				unsent.send(socket);
				assertTrue(peer.read(received) > 0);
			}
			assertTrue(unsent.send(socket));
			assertTrue(unsent.isEmpty());
			assertEquals("head", new String(received.array(), 0, 4, US_ASCII));
			assertArrayEquals(Arrays.copyOfRange(content, 1_000, content.length - 1_000), Arrays.copyOfRange(received.array(), 4, received.limit()));
		}
	}

	@Test
	void takesNoMemoryForOctetsThatNobodyChanges() throws IOException {
		byte[] content = Octets.random(3_000, 1);
		Unsent unsent = new Unsent();
		unsent.add(ByteBuffer.wrap(content, 0, 1_000));
		ByteBuffer shared = ByteBuffer.wrap(content, 1_000, 1_000).asReadOnlyBuffer();
		assertTrue(unsent.share(shared));
		assertFalse(shared.hasRemaining());
		assertEquals(1_000, unsent.capacity());
		assertEquals(2_000, unsent.remaining());
		assertArrayEquals(Arrays.copyOf(content, 2_000), sent(unsent));
		assertTrue(unsent.isEmpty());
	}

	/** Wherever the first ones are by then. */
	@Test
	void whatComesBehindOctetsThatNobodyChangesIsSentBehindThem() throws IOException {
		byte[] content = Octets.random(3_000, 1);
		for (int kept : List.of(0, 1_000)) {
			Unsent unsent = new Unsent();
			unsent.add(ByteBuffer.wrap(content, 0, kept));
			unsent.share(ByteBuffer.wrap(content, kept, 2_000 - kept).asReadOnlyBuffer());
			assertFalse(unsent.share(ByteBuffer.wrap(content, 2_000, 1_000).asReadOnlyBuffer()));
			int growth = unsent.growth(1_000);
			unsent.add(ByteBuffer.wrap(content, 2_000, 1_000));
			assertEquals(kept + growth, unsent.capacity());
			assertArrayEquals(content, sent(unsent));
		}
	}

	private static byte[] sent(Unsent unsent) throws IOException {
		ByteArrayOutputStream taken = new ByteArrayOutputStream();
		try (WritableByteChannel socket = Channels.newChannel(taken)) {
			assertTrue(unsent.send(socket));
		}
		return taken.toByteArray();
	}

	@Test
	void aFileThatHasBecomeShorterIsNoEndlessOne(@TempDir Path folder) throws IOException {
		Path path = Files.write(folder.resolve("file"), new byte[100]);
		try (FileChannel file = FileChannel.open(path); Pipe.SinkChannel sink = Pipe.open().sink()) {
			Unsent unsent = new Unsent();
			unsent.add(file, 0, 101);
			assertFalse(unsent.send(sink));
			assertThrows(EOFException.class, () -> unsent.send(sink));
		}
	}

	@Test
	void nothingGoesBetweenTheOctetsOfAFile(@TempDir Path folder) throws IOException {
		Path path = Files.write(folder.resolve("file"), new byte[100]);
		try (FileChannel file = FileChannel.open(path)) {
			Unsent unsent = new Unsent();
			unsent.add(file, 0, 100);
			assertThrows(IllegalStateException.class, () -> unsent.add(ByteBuffer.allocate(1)));
		}
	}
}
