package proxy.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * CPU time of the measuring thread for each operation. The clock on the wall, which the score goes by, also counts the time
 * in which other programs had the core.
 */
public final class CpuTime implements InternalProfiler {

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
	private long before;

	@Override
	public String getDescription() {
		return "CPU time of the measuring thread";
	}

	@Override
	public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
		before = used();
	}

	@Override
	public Collection<? extends Result<?>> afterIteration(
			BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
		double each = (double) (used() - before) / result.getMetadata().getAllOps();
		return List.of(new ScalarResult("cpu", each, "ns/op", AggregationPolicy.AVG));
	}

	private long used() {
		long sum = 0;
		for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
			if (thread != null && thread.getThreadName().contains("jmh-worker")) {
				sum += threads.getThreadCpuTime(thread.getThreadId());
			}
		}
		return sum;
	}
}
