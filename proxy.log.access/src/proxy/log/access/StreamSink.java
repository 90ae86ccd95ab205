package proxy.log.access;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** Stdout or stderr. */
final class StreamSink implements Sink {

	private final FileOutputStream stream;

	StreamSink(FileDescriptor descriptor) {
		stream = new FileOutputStream(descriptor);
	}

	@Override
	public void prepare() {}

	@Override
	public void write(byte[] bytes, int from, int count) throws IOException {
		stream.write(bytes, from, count);
	}

	/** The process keeps its descriptors. */
	@Override
	public void close() {}
}
