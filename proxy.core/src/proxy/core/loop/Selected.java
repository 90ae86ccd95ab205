package proxy.core.loop;

import java.nio.channels.SelectionKey;

/** Whatever is attached to a selection key. */
interface Selected {

	/** The key is ready for something; called on the loop. */
	void selected(SelectionKey key);

	/** An unexpected error came out of {@link #selected}, or the loop is stopping: to be closed, and whoever uses it told. */
	void failed(Throwable cause);
}
