package proxy.core.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import proxy.api.http.ExchangeHandler;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpExchange;
import proxy.api.http.ResponseHead;

/** Answers with the content of the request and its trailers, once somebody has asked for them by {@link #receive}. */
public final class Echo implements ExchangeHandler {

	private final HttpExchange exchange;
	private final CompletableFuture<Failure> aborted;
	private final StringBuilder content = new StringBuilder();

	/** @param aborted told why the exchange is over, if it has not been answered */
	public Echo(HttpExchange exchange, CompletableFuture<Failure> aborted) {
		this.exchange = exchange;
		this.aborted = aborted;
		exchange.handler(this);
	}

	/** A service that echoes. */
	public static void echo(HttpExchange exchange) {
		new Echo(exchange, new CompletableFuture<>()).receive();
	}

	/** 200 and this text. */
	public static void answer(HttpExchange exchange, String content) {
		exchange.respond(new ResponseHead().status(200), ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1)), true);
	}

	public void receive() {
		exchange.receive();
	}

	@Override
	public boolean onContent(ByteBuffer chunk) {
		content.append(StandardCharsets.ISO_8859_1.decode(chunk));
		// every chunk is a pause: what follows has to wait for the next turn
		exchange.loop().execute(exchange::resume);
		return false;
	}

	@Override
	public void onContentEnd(FieldSection trailers) {
		for (int i = 0; i < trailers.size(); i++) {
			content.append('|').append(trailers.name(i)).append('=').append(trailers.value(i));
		}
		answer(exchange, content.toString());
	}

	@Override
	public void onWritable() {}

	@Override
	public void onAborted(Failure failure, Throwable cause) {
		aborted.complete(failure);
	}
}
