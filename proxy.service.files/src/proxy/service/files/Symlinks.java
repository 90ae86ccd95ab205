package proxy.service.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** Which symbolic links are followed. */
enum Symlinks {
	/** Those that lead to something below the root. */
	INSIDE {
		@Override
		boolean permit(Path realRoot, Path real, Path linkless) {
			return real.startsWith(realRoot);
		}
	},
	NEVER {
		@Override
		boolean permit(Path realRoot, Path real, Path linkless) {
			return real.equals(linkless);
		}
	},
	ANYWHERE {
		@Override
		boolean permit(Path realRoot, Path real, Path linkless) {
			return true;
		}
	};

	private static final int MOST = 40;

	/**
	 * @param real where the path leads
	 * @param linkless where it would lead if there were no links below the root
	 */
	abstract boolean permit(Path realRoot, Path real, Path linkless);

	/**
	 * Whether more links have to be followed on the way to a file than the system follows (path_resolution(7)), as where one leads
	 * to itself: then there is nothing.
	 */
	static boolean areEndless(Path file) throws IOException {
		Deque<Path> ahead = new ArrayDeque<>();
		file.forEach(ahead::addLast);
		Path at = file.getRoot();
		for (int links = 0; !ahead.isEmpty(); ) {
			Path next = at.resolve(ahead.removeFirst()).normalize();
			if (!Files.isSymbolicLink(next)) {
				at = next;
			} else if (++links > MOST) {
				return true;
			} else {
				Path target = Files.readSymbolicLink(next);
				at = target.isAbsolute() ? target.getRoot() : at;
				List<Path> names = new ArrayList<>();
				target.forEach(names::add);
				Collections.reverse(names);
				names.forEach(ahead::addFirst);
			}
		}
		return false;
	}
}
