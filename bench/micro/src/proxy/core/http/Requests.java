package proxy.core.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import proxy.bench.Head;
import proxy.bench.Peer;
import proxy.core.gateway.TrustedNetworks;
import proxy.core.loop.Loops;
import proxy.http1.MessageException;

/** Requests that have come, each in an exchange of its own, handed out in turn. Close it: it has an event loop's thread. */
public final class Requests implements AutoCloseable {

	/** A power of two; all their heads together stay in the processor's cache. */
	public static final int COUNT = 256;

	private final Loops loops = new Loops(1, tls -> null);
	private final ParsedExchange[] exchanges = new ParsedExchange[COUNT];
	private int next;

	/**
	 * @param hosts the i-th request's Host
	 * @param targets the i-th request's target
	 * @param proxied whether they come by a trusted proxy that says who the client is
	 */
	public Requests(Head head, IntFunction<String> hosts, IntFunction<String> targets, boolean proxied)
			throws IOException, MessageException {
		Predicate<InetAddress> trusted = proxied ? TrustedNetworks.of("10.0.0.0/8") : TrustedNetworks.of();
		Limits limits = new Limits(16_384, 10_000, 60_000, 60_000, 0, 10_000, trusted);
		Endpoint endpoint = new Endpoint("http", "http", 0, new Dispatcher(), limits, loops);
		Random random = new Random(1);
		for (int i = 0; i < COUNT; i++) {
			String forwarded = proxied
					? "X-Forwarded-For: 203.0.113." + random.nextInt(256) + "\r\nX-Forwarded-Proto: https\r\n"
					: "";
			byte[] octets = head.octets(hosts.apply(i), targets.apply(i), forwarded, random);
			Peer peer = new Peer(loops.loop(0), new InetSocketAddress(address(random), 1024 + random.nextInt(60_000)));
			exchanges[i] = new ParsedExchange(octets, endpoint, peer);
		}
	}

	/** One in 10.0.0.0/8. */
	private static InetAddress address(Random random) throws UnknownHostException {
		byte[] octets = new byte[4];
		random.nextBytes(octets);
		octets[0] = 10;
		return InetAddress.getByAddress(octets);
	}

	/** The next one, as if it had come just now: nothing about it has been asked yet. */
	public ParsedExchange fresh() {
		ParsedExchange exchange = known();
		exchange.begin();
		return exchange;
	}

	/** The next one; what was asked about it before is known. */
	public ParsedExchange known() {
		return exchanges[next++ & COUNT - 1];
	}

	@Override
	public void close() {
		loops.stop();
	}
}
