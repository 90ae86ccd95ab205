package proxy.upstream.http;

import java.nio.ByteBuffer;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import proxy.bench.Head;
import proxy.bench.Measured;
import proxy.core.http.Requests;

/** Writing a request's head for the upstream: some fields dropped, X-Forwarded-* and Pingoo-Client-Ip added. */
public class RewriteBenchmark extends Measured {

	@Param
	Head head;

	/** Whether the request comes from a client or by a trusted proxy, with X-Forwarded-For and X-Forwarded-Proto. */
	@Param({"client", "proxy"})
	String peer;

	private final ProxyLoop shared = new ProxyLoop();
	private Requests requests;

	@Setup
	public void build() throws Exception {
		Random random = new Random(2);
		requests = new Requests(
				head,
				i -> "site" + random.nextInt(1_000) + ".example.com",
				i -> "/v1/items/" + random.nextInt(100_000),
				peer.equals("proxy"));
	}

	@Benchmark
	public ByteBuffer write() {
		ByteBuffer out = shared.output();
		RequestWriter.write(out, requests.fresh(), shared, "127.0.0.1:9000", false);
		return out;
	}

	@TearDown
	public void close() {
		requests.close();
	}
}
