package proxy.service.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Await;

class ContentMemoryTest {

	private static final int OCTETS = 100_000;

	@Test
	void givesOfTheHeapWhatIsBeyondTheLimit() {
		ContentMemory memory = new ContentMemory(2 * OCTETS);
		ByteBuffer[] lent = {memory.allocate(OCTETS), memory.allocate(OCTETS), memory.allocate(OCTETS)};
		assertTrue(lent[0].isDirect());
		assertTrue(lent[1].isDirect());
		assertFalse(lent[2].isDirect());
		assertEquals(OCTETS, lent[2].remaining());
	}

	@Test
	void givesOfTheHeapWhatIsSmall() {
		assertFalse(new ContentMemory(2 * OCTETS).allocate(ContentMemory.LEAST).isDirect());
	}

	@Test
	void countsWhatIsUsedStillThoughOnlyASliceOfIt() {
		ContentMemory memory = new ContentMemory(OCTETS);
		ByteBuffer slice = memory.allocate(OCTETS).asReadOnlyBuffer().slice(10, 10);
		System.gc();
		assertFalse(memory.allocate(OCTETS).isDirect());
		assertTrue(slice.isDirect());
	}

	@Test
	void givesAgainWhatNobodyUses() {
		ContentMemory memory = new ContentMemory(OCTETS);
		assertTrue(memory.allocate(OCTETS).isDirect());
		Await.until("it is free", () -> {
			System.gc();
			return memory.allocate(OCTETS).isDirect();
		});
	}
}
