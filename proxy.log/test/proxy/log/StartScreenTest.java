package proxy.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

class StartScreenTest {

	private final TestRuntime runtime = new TestRuntime();
	private final CompletableFuture<String> page = new CompletableFuture<>();
	private final Bundle bundle = answering(Bundle.class, method -> switch (method) {
		case "getVersion" -> new Version(1, 2, 3);
		case "getState" -> Bundle.ACTIVE;
		default -> null;
	});
	private volatile boolean stopped;
	private final BundleContext context = answering(BundleContext.class, method -> {
		if (stopped) {
			throw new IllegalStateException("Invalid BundleContext.");
		}
		return switch (method) {
			case "getBundle" -> bundle;
			case "getBundles" -> new Bundle[] {bundle};
			default -> null;
		};
	});

	/** A service of the framework's, which answers null to what a test does not ask. */
	private static <T> T answering(Class<T> type, Function<String, Object> answers) {
		return type.cast(Proxy.newProxyInstance(
				type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answers.apply(method.getName())));
	}

	@Test
	void saysWhatRunsAlsoWhileItsBundleStops() throws Exception {
		LogOutput output = new LogOutput() {

			@Override
			public boolean human() {
				return true;
			}

			@Override
			public Paint paint() {
				return Paint.NONE;
			}

			@Override
			public void page(CharSequence text) {
				page.complete(text.toString());
			}
		};
		new StartScreen(context, runtime, output);
		stopped = true;
		runtime.settle();
		assertTrue(page.get(30, TimeUnit.SECONDS).startsWith("\nGatehouse 1.2.3  (Felix 1.2.3, "));
	}
}
