package proxy.captcha;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import proxy.api.http.ExchangeHandler;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpExchange;
import proxy.api.http.ResponseHead;

/** Takes in a small content, whole. */
final class Submission implements ExchangeHandler {

	private static final int LARGEST = 4096;

	private final HttpExchange exchange;
	private final Consumer<String> complete;
	private final ByteBuffer content = ByteBuffer.allocate(LARGEST);
	private boolean over;

	Submission(HttpExchange exchange, Consumer<String> complete) {
		this.exchange = exchange;
		this.complete = complete;
	}

	void receive() {
		if (exchange.request().contentLength() > LARGEST) {
			exchange.fail(Failure.CONTENT_TOO_LARGE, null);
			return;
		}
		exchange.handler(this);
		if (exchange.expectsContinue()) {
			exchange.inform(new ResponseHead().status(100));
		}
		exchange.receive();
	}

	@Override
	public boolean onContent(ByteBuffer chunk) {
		if (!over && chunk.remaining() > content.remaining()) {
			over = true;
			exchange.fail(Failure.CONTENT_TOO_LARGE, null);
		} else if (!over) {
			content.put(chunk);
		}
		chunk.position(chunk.limit());
		return true;
	}

	@Override
	public void onContentEnd(FieldSection trailers) {
		if (!over) {
			over = true;
			complete.accept(new String(content.array(), 0, content.position(), StandardCharsets.UTF_8));
		}
	}

	@Override
	public void onWritable() {}

	@Override
	public void onAborted(Failure failure, Throwable cause) {
		over = true;
	}
}
