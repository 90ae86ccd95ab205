package proxy.core.http;

import java.nio.ByteBuffer;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.ResponseHead;
import proxy.api.transport.Transport;
import proxy.http1.MessageException;
import proxy.http1.RequestParser;

/** An exchange with a request that the gateway's own parser has read, and no way to answer it. */
public final class ParsedExchange extends Exchange {

	private final Endpoint endpoint;
	private final Transport client;

	ParsedExchange(byte[] head, Endpoint endpoint, Transport client) throws MessageException {
		super(new FieldSection(head));
		this.endpoint = endpoint;
		this.client = client;
		if (RequestParser.parse(request(), head.length) != head.length) {
			throw new IllegalArgumentException("not one whole head");
		}
		begin();
	}

	void begin() {
		begin(endpoint, client);
	}

	@Override
	public boolean responded() {
		return false;
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
	protected void breakOff(Failure why) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void receive() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void resume() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void inform(ResponseHead head) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean respond(ResponseHead head, ByteBuffer content, boolean last) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean send(ByteBuffer content, boolean last) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void sendTrailers(FieldSection trailers) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Transport upgrade(ResponseHead head) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void upgraded(long received, long sent) {
		throw new UnsupportedOperationException();
	}
}
