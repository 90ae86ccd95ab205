package proxy.service.files;

import java.nio.file.Path;

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

	/**
	 * @param real where the path leads
	 * @param linkless where it would lead if there were no links below the root
	 */
	abstract boolean permit(Path realRoot, Path real, Path linkless);
}
