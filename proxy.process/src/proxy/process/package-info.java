/**
 * This process among others. {@code Signals} turns SIGTERM and SIGINT into a clean end; what has to be finished before is
 * the gateway's. {@code Reload} takes SIGHUP for the wish that files are looked at again. {@code Instance} keeps the data
 * directory's {@code gatehouse.pid}, by which {@code bin/gatehouse --replace} finds the process that serves, until that
 * begins to end; {@code Replacement} takes over from it.
 *
 * <p>{@code ChildProcess} runs the command of {@code child_process}: one thread starts it, waits for its end, starts it
 * again after a growing pause, and replaces it when its settings change.
 */
package proxy.process;
