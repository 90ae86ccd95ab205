package proxy.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingTest {

	@Test
	void numbersDownFromTheTop() {
		assertEquals(Map.of("a", 1_000_000, "b", 999_000, "c", 998_000), Ranking.of(List.of("a", "b", "c"), Map.of()));
	}

	@Test
	void keepsNumbersWhenSomethingComesOrGoes() {
		Map<String, Integer> before = Map.of("a", 1_000_000, "b", 999_000, "c", 998_000);
		assertEquals(Map.of("a", 1_000_000, "c", 998_000), Ranking.of(List.of("a", "c"), before));
		assertEquals(Map.of("x", 1_001_000, "a", 1_000_000, "b", 999_000, "c", 998_000), Ranking.of(List.of("x", "a", "b", "c"), before));
		assertEquals(Map.of("a", 1_000_000, "b", 999_000, "c", 998_000, "x", 997_000), Ranking.of(List.of("a", "b", "c", "x"), before));
		assertEquals(Map.of("a", 1_000_000, "x", 999_667, "y", 999_334, "b", 999_000, "c", 998_000),
				Ranking.of(List.of("a", "x", "y", "b", "c"), before));
	}

	@Test
	void changesOneNumberWhenOneMoves() {
		Map<String, Integer> before = Map.of("a", 1_000_000, "b", 999_000, "c", 998_000);
		assertEquals(Map.of("b", 999_000, "c", 998_000, "a", 997_000), Ranking.of(List.of("b", "c", "a"), before));
	}

	@Test
	void asManyAsPossibleKeepTheirNumbers() {
		Map<String, Integer> before = Map.of("a", 5_000, "b", 4_000, "c", 3_000, "d", 2_000, "e", 1_000);
		Map<String, Integer> after = Ranking.of(List.of("d", "a", "e", "b", "c"), before);
		assertEquals(List.of(5_000, 4_000, 3_000), List.of(after.get("a"), after.get("b"), after.get("c")));
	}

	@Test
	void numbersAllAnewWhenThereIsNoRoom() {
		assertEquals(Map.of("a", 1_000_000, "x", 999_000, "b", 998_000), Ranking.of(List.of("a", "x", "b"), Map.of("a", 5, "b", 4)));
	}

	@Test
	void alwaysGivesTheOrderAskedFor() {
		Random random = new Random(7);
		List<String> order = new ArrayList<>();
		Map<String, Integer> ranking = new HashMap<>();
		for (int step = 0; step < 2_000; step++) {
			if (random.nextInt(3) > 0 || order.isEmpty()) {
				order.add(random.nextInt(order.size() + 1), "s" + step);
			} else {
				order.remove(random.nextInt(order.size()));
			}
			if (random.nextInt(10) == 0) {
				Collections.shuffle(order, random);
			}
			while (order.size() > 30) {
				order.remove(0);
			}
			ranking = Ranking.of(order, ranking);
			for (int i = 1; i < order.size(); i++) {
				assertTrue(ranking.get(order.get(i - 1)) > ranking.get(order.get(i)));
			}
			assertEquals(order.size(), ranking.size());
		}
	}
}
