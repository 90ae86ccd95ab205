package proxy.rules.value;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/** Finds any of many words in one pass over a text (Aho and Corasick, with all transitions computed beforehand). */
final class WordAutomaton {

	private static final int ACCEPT = -1;

	/** The column of each ASCII character; 0 for all that are in no word. */
	private final int[] column = new int[128];

	private final int columns;
	/** For each state and column the next state, or {@link #ACCEPT}; state 0 is the start. */
	private final int[] next;

	/** @param words of ASCII */
	WordAutomaton(List<String> words, boolean ignoreCase) {
		columns = columns(words, ignoreCase);
		next = complete(trie(words));
	}

	private int columns(List<String> words, boolean ignoreCase) {
		int count = 1;
		for (String word : words) {
			for (int i = 0; i < word.length(); i++) {
				char c = word.charAt(i);
				if (column[c] == 0) {
					column[c] = count++;
					if (ignoreCase) {
						column[Character.toLowerCase(c)] = column[c];
						column[Character.toUpperCase(c)] = column[c];
					}
				}
			}
		}
		return count;
	}

	/** The words as a tree: 0 where there is no way on. */
	private int[] trie(List<String> words) {
		int[] trie = new int[columns * (1 + words.stream().mapToInt(String::length).sum())];
		int states = 1;
		for (String word : words) {
			int state = 0;
			for (int i = 0; i < word.length() && state != ACCEPT; i++) {
				int way = state * columns + column[word.charAt(i)];
				if (trie[way] == 0 && i < word.length() - 1) {
					trie[way] = states++;
				} else if (i == word.length() - 1) {
					trie[way] = ACCEPT; // words that begin with this one are found by it
				}
				state = trie[way];
			}
			if (word.isEmpty()) {
				Arrays.fill(trie, ACCEPT);
			}
		}
		return Arrays.copyOf(trie, states * columns);
	}

	/** Adds, where a word breaks off, the way that the longest end of what was read so far would take. */
	private int[] complete(int[] trie) {
		int[] shorter = new int[trie.length / columns];
		Queue<Integer> queue = new ArrayDeque<>();
		enqueue(trie, 0, queue);
		while (!queue.isEmpty()) {
			int state = queue.remove();
			for (int c = 0; c < columns; c++) {
				int way = state * columns + c;
				int otherwise = trie[shorter[state] * columns + c];
				if (trie[way] > 0 && otherwise == ACCEPT) {
					trie[way] = ACCEPT;
				} else if (trie[way] > 0) {
					shorter[trie[way]] = otherwise;
					queue.add(trie[way]);
				} else if (trie[way] == 0) {
					trie[way] = otherwise;
				}
			}
		}
		return trie;
	}

	private void enqueue(int[] trie, int state, Queue<Integer> queue) {
		for (int c = 0; c < columns; c++) {
			if (trie[state * columns + c] > 0) {
				queue.add(trie[state * columns + c]);
			}
		}
	}

	boolean findsAny(String text) {
		int state = 0;
		if (next[0] == ACCEPT) {
			return true; // the empty word
		}
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			state = next[state * columns + (c < 128 ? column[c] : 0)];
			if (state == ACCEPT) {
				return true;
			}
		}
		return false;
	}
}
