package proxy.core.gateway;

import java.net.InetSocketAddress;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.function.Supplier;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;
import proxy.api.http.HttpService;

/** A service that another bundle makes and that is registered nowhere, until this is closed. */
final class BorrowedService implements AutoCloseable {

	private final ComponentFactory<Supplier<HttpService>> factory;
	private ComponentInstance<Supplier<HttpService>> instance;

	BorrowedService(ComponentFactory<Supplier<HttpService>> factory) {
		this.factory = factory;
	}

	HttpService forwardingTo(InetSocketAddress address) {
		Dictionary<String, Object> properties = new Hashtable<>();
		properties.put("name", "(warm-up)"); // no service of a configuration is called so
		properties.put("upstreams", new String[] {"http://" + address.getHostString() + ":" + address.getPort()});
		instance = factory.newInstance(properties);
		return instance.getInstance().get();
	}

	@Override
	public void close() {
		if (instance != null) {
			instance.dispose();
		}
	}
}
