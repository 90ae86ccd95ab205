package proxy.http1;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import proxy.api.http.FieldSection;
import proxy.api.http.RequestHead;
import proxy.bench.Head;
import proxy.bench.Measured;

/** Reading the head of an HTTP/1.1 request that has come in one piece. */
public class ParserBenchmark extends Measured {

	private static final int COUNT = 256;

	@Param
	Head head;

	private final RequestHead[] requests = new RequestHead[COUNT];
	private int next;

	@Setup
	public void build() throws MessageException {
		Random random = new Random(1);
		for (int i = 0; i < COUNT; i++) {
			byte[] octets = head.octets("site" + random.nextInt(1_000) + ".example.com", "/v1/items/" + random.nextInt(100_000), random);
			requests[i] = new RequestHead(new FieldSection(octets));
			if (parse() != octets.length) {
				throw new IllegalStateException("not one whole head");
			}
		}
		next = 0;
	}

	@Benchmark
	public int parse() throws MessageException {
		RequestHead request = requests[next++ & COUNT - 1];
		return RequestParser.parse(request, request.fields().bytes().length);
	}
}
