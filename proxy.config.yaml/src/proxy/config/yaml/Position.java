package proxy.config.yaml;

/**
 * A place in a configuration file.
 *
 * @param file as shown to people
 * @param line from 1
 * @param column from 1, in characters
 */
record Position(String file, int line, int column) {

	Position right(int columns) {
		return new Position(file, line, column + columns);
	}

	@Override
	public String toString() {
		return file + ":" + line + ":" + column;
	}
}
