package proxy.api.rule;

/**
 * Something about an expression that is right but can hardly be meant.
 *
 * @param line from 1
 * @param column from 1, in characters
 * @param text without the place
 */
public record Remark(int line, int column, String text) {}
