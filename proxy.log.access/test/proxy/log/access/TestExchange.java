package proxy.log.access;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import proxy.api.http.ExchangeHandler;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpExchange;
import proxy.api.http.HttpVersion;
import proxy.api.http.RequestHead;
import proxy.api.http.ResponseHead;
import proxy.api.rule.RequestFacts;
import proxy.api.transport.EventLoop;
import proxy.api.transport.TlsSession;
import proxy.api.transport.Transport;

/** An exchange that has ended. */
final class TestExchange implements HttpExchange {

	private final EventLoop loop;
	private final RequestHead head;
	private final InetAddress client;
	private TlsSession tls;

	TestExchange(EventLoop loop, InetAddress client) {
		this.loop = loop;
		this.client = client;
		head = new RequestHead(new FieldSection());
	}

	TestExchange request(String method, String host, String target) {
		FieldSection fields = head.fields();
		byte[] octets = target.getBytes(StandardCharsets.ISO_8859_1);
		System.arraycopy(octets, 0, fields.reserve(octets.length), 0, octets.length);
		fields.clear(octets.length);
		head.set(method, HttpVersion.HTTP_1_1, 0, octets.length);
		fields.add("Host", host);
		head.authority(fields.valueStart(0), fields.valueEnd(0));
		return this;
	}

	TestExchange field(String name, String value) {
		head.fields().add(name, value);
		return this;
	}

	TestExchange tls(String version) {
		tls = new TlsSession(version, "", "", "");
		return this;
	}

	@Override
	public EventLoop loop() {
		return loop;
	}

	@Override
	public RequestHead request() {
		return head;
	}

	@Override
	public RequestFacts facts() {
		return new Facts(client);
	}

	@Override
	public String listener() {
		return "https";
	}

	@Override
	public String scheme() {
		return tls == null ? "http" : "https";
	}

	@Override
	public InetSocketAddress peer() {
		return new InetSocketAddress(client, 40000);
	}

	@Override
	public boolean fromTrustedProxy() {
		return false;
	}

	@Override
	public InetSocketAddress local() {
		return new InetSocketAddress(443);
	}

	@Override
	public TlsSession tls() {
		return tls;
	}

	@Override
	public long startedAt() {
		return 0;
	}

	@Override
	public void handler(ExchangeHandler handler) {
		throw ended();
	}

	@Override
	public void receive() {
		throw ended();
	}

	@Override
	public void resume() {
		throw ended();
	}

	@Override
	public void inform(ResponseHead interim) {
		throw ended();
	}

	@Override
	public boolean respond(ResponseHead response, ByteBuffer content, boolean last) {
		throw ended();
	}

	@Override
	public boolean send(ByteBuffer content, boolean last) {
		throw ended();
	}

	@Override
	public void sendTrailers(FieldSection trailers) {
		throw ended();
	}

	@Override
	public boolean responded() {
		return true;
	}

	@Override
	public void fail(Failure failure, Throwable cause) {
		throw ended();
	}

	@Override
	public Transport upgrade(ResponseHead response) {
		throw ended();
	}

	@Override
	public void upgraded(long received, long sent) {
		throw ended();
	}

	@Override
	public boolean wantsUpgrade() {
		return false;
	}

	@Override
	public boolean expectsContinue() {
		return false;
	}

	@Override
	public void answeredBy(String service, String upstream) {
		throw ended();
	}

	private static IllegalStateException ended() {
		return new IllegalStateException("the exchange has ended");
	}

	private record Facts(InetAddress clientAddress) implements RequestFacts {

		@Override
		public String scheme() {
			return "";
		}

		@Override
		public int clientPort() {
			return 0;
		}

		@Override
		public long clientAsn() {
			return 0;
		}

		@Override
		public String clientCountry() {
			return "XX";
		}

		@Override
		public String listener() {
			return "";
		}

		@Override
		public String tlsVersion() {
			return "";
		}

		@Override
		public String tlsServerName() {
			return "";
		}
	}
}
