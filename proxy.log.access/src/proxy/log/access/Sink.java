package proxy.log.access;

import java.io.IOException;

/** Where the lines go. For the writer's thread only. */
interface Sink extends AutoCloseable {

	/** Called before lines are written, and now and then: the time to look whether the file is still there. */
	void prepare() throws IOException;

	void write(byte[] bytes, int from, int count) throws IOException;

	@Override
	void close();
}
