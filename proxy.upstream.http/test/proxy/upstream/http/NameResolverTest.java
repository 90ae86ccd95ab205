package proxy.upstream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NameResolverTest {

	private final NameResolver resolver = new NameResolver();

	@AfterEach
	void close() {
		resolver.deactivate();
	}

	@Test
	void knowsAddressesAtOnce() {
		assertEquals("127.0.0.1", resolver.watch("127.0.0.1", () -> {}).addresses().get(0).getHostAddress());
		assertEquals("0:0:0:0:0:0:0:1", resolver.watch("::1", () -> {}).addresses().get(0).getHostAddress());
	}

	@Test
	void findsNamesAndLeavesThoseThatDoNotResolveEmpty() {
		NameResolver.Watched known = resolver.watch("localhost", () -> {});
		NameResolver.Watched unknown = resolver.watch("nobody.invalid", () -> {});
		known.await(20_000);
		unknown.await(20_000);
		assertFalse(known.addresses().isEmpty());
		assertTrue(known.addresses().get(0).isLoopbackAddress());
		assertTrue(unknown.addresses().isEmpty());
	}

	@Test
	void keepsWhatItKnowsForASuccessor() {
		Runnable changed = () -> {};
		NameResolver.Watched before = resolver.watch("localhost", changed);
		before.await(20_000);
		resolver.forget(before, changed);
		NameResolver.Watched after = resolver.watch("localhost", changed);
		assertSame(before, after);
		assertFalse(after.addresses().isEmpty());
	}
}
