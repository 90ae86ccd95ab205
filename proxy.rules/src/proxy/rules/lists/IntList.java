package proxy.rules.lists;

import java.util.AbstractList;
import java.util.List;
import proxy.rules.value.Type;

/** Whole numbers, in an array, and hashed by open addressing in another: nothing is boxed. */
final class IntList implements ListContent {

	private final long[] numbers;
	/** A power of two, at most half full; 0 marks a free place. */
	private final long[] table;

	private final boolean hasZero;

	IntList(long[] numbers) {
		this.numbers = numbers.clone();
		table = new long[Math.max(4, Integer.highestOneBit(Math.max(1, numbers.length)) * 4)];
		boolean zero = false;
		for (long number : numbers) {
			zero |= number == 0;
			table[place(number)] = number;
		}
		hasZero = zero;
	}

	/** Where the number is, or would be. */
	private int place(long number) {
		int mask = table.length - 1;
		int place = (int) (number * 0x9E3779B97F4A7C15L >>> 32) & mask;
		while (table[place] != number && table[place] != 0) {
			place = place + 1 & mask;
		}
		return place;
	}

	@Override
	public Type type() {
		return Type.INT;
	}

	@Override
	public List<Long> elements() {
		return new AbstractList<>() {
			@Override
			public Long get(int i) {
				return numbers[i];
			}

			@Override
			public int size() {
				return numbers.length;
			}
		};
	}

	@Override
	public boolean has(long number) {
		return number == 0 ? hasZero : table[place(number)] == number;
	}

	@Override
	public boolean has(Object value) {
		return value instanceof Long number && has((long) number)
				|| value instanceof Double real && real == Math.rint(real) && Math.abs(real) < 0x1p63 && has((long) (double) real);
	}
}
