/**
 * The access log: one JSON line for each exchange and each TCP connection, whatever its end.
 *
 * <p>On its loop {@code LoopLog} encodes the line ({@code Line}, without what {@code Redaction} finds secret)
 * and copies it into that loop's {@code Ring}: no lock, no allocation to speak of, no waiting. The thread of
 * {@code LogWriter} empties the rings into a {@code Sink}. When the sink does not take them, rings fill up and lines are
 * dropped and counted.
 */
package proxy.log.access;
