package proxy.core.http1;

import java.nio.ByteBuffer;
import proxy.api.http.RequestHead;
import proxy.core.http.Pace;
import proxy.core.loop.LoopTransport;
import proxy.http1.ContentLength;
import proxy.http1.MessageContent;
import proxy.http1.MessageException;

/** One request's content on its way to the service: flows while it is wanted, and leaves the rest on the connection. */
final class RequestContent {

	private final Http1Exchange exchange;
	private final LoopTransport transport;
	private final MessageContent content = new MessageContent();
	private final Pace pace = new Pace();
	private boolean begun;
	private boolean wanted;

	RequestContent(Http1Exchange exchange, LoopTransport transport) {
		this.exchange = exchange;
		this.transport = transport;
		long length = exchange.request().contentLength();
		content.begin(length == RequestHead.UNKNOWN_LENGTH ? ContentLength.CHUNKED : length);
	}

	/** The service takes content from now on. */
	void want() {
		wanted = true;
	}

	Pace pace() {
		return pace;
	}

	boolean isWanted() {
		return wanted;
	}

	/** Whether any octet of it has come. */
	boolean hasBegun() {
		return begun;
	}

	/** Whether all of it has been delivered. */
	boolean hasEnded() {
		return content.ended();
	}

	/** Hands on what has been received; what is not wanted, or not the content's, goes back in front of the stream. */
	void deliver(ByteBuffer input) throws MessageException {
		begun = true;
		while (wanted && !content.ended()) {
			ByteBuffer piece = content.next(input);
			if (piece == null) {
				break;
			}
			wanted = exchange.content(piece) && wanted;
			if (exchange.isEnded()) {
				return;
			}
		}
		if (input.hasRemaining()) {
			transport.unread(input);
		}
		if (content.ended()) {
			wanted = false;
			exchange.contentEnd(content.trailers());
		}
	}
}
