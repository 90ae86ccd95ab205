package proxy.upstream.http;

import java.net.ConnectException;
import java.util.function.Consumer;
import proxy.api.transport.ConnectHandler;
import proxy.api.transport.EventLoop;
import proxy.api.transport.Transport;

/**
 * A container that is taken off its network does not say so to those who wait for it. When the upstream may not
 * be the service's any more, connecting tells whether it is there.
 */
final class Presence {

	private final Target target;
	private final EventLoop loop;
	private boolean looking;

	Presence(Target target, EventLoop loop) {
		this.target = target;
		this.loop = loop;
	}

	/** @param absent told of the reason when the upstream is not there */
	void look(int connectMillis, Consumer<Throwable> absent) {
		if (looking) {
			return;
		}
		looking = true;
		loop.connect(target.upstream().address(), null, connectMillis, new ConnectHandler() {

			@Override
			public void connected(Transport there) {
				looking = false;
				there.close();
			}

			@Override
			public void failed(Throwable cause) {
				looking = false;
				// who refuses connections is there, and may yet answer those that it has
				if (!(cause instanceof ConnectException)) {
					absent.accept(cause);
				}
			}
		});
	}
}
