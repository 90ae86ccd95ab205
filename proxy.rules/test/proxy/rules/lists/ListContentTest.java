package proxy.rules.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import proxy.rules.value.Ip;

final class ListContentTest {

	@Test
	void findsTheNumbersThatAreThereAndNoOthers() {
		Random random = new Random(1);
		long[] numbers = random.longs(5_000, -10_000, 10_000).toArray();
		Set<Long> expected = new HashSet<>();
		for (long number : numbers) {
			expected.add(number);
		}
		ListContent content = TestLists.ints(numbers);
		for (long number = -10_001; number <= 10_001; number++) {
			assertEquals(expected.contains(number), content.has(number), String.valueOf(number));
		}
	}

	@Test
	void zeroIsANumber() {
		assertTrue(TestLists.ints(0, 7).has(0));
		assertFalse(TestLists.ints(7).has(0));
		assertFalse(TestLists.ints().has(0));
		assertTrue(TestLists.ints(Long.MIN_VALUE, -1).has(Long.MIN_VALUE));
	}

	@Test
	void packedNetworksComeOutAsTheyWentIn() {
		PackedIps packed = new PackedIps();
		List<Ip> networks = new java.util.ArrayList<>();
		for (int prefix = 0; prefix <= 32; prefix++) {
			networks.add(Ip.of("203.0.113.77/" + prefix));
		}
		for (int prefix = 0; prefix <= 128; prefix++) {
			networks.add(Ip.of("2001:db8:ffff:8000::1/" + prefix));
		}
		packed.addAll(networks);
		assertEquals(networks, packed);
	}

	@Test
	void aSlotIsTheSameForAll() {
		ListDirectory directory = new ListDirectory();
		ListSlot slot = directory.slot("a");
		assertEquals(slot, directory.slot("a"));
		slot.put(TestLists.ints(1));
		assertEquals(List.of("a"), directory.names());
	}
}
