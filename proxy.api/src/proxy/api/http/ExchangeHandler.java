package proxy.api.http;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/** A service's side of one exchange. Called on the exchange's loop; must not block. */
@ConsumerType
public interface ExchangeHandler {

	/**
	 * A chunk of the request's content.
	 *
	 * @param chunk valid during this call only; to be consumed whole
	 * @return false to pause until {@link HttpExchange#resume()}
	 */
	boolean onContent(ByteBuffer chunk);

	/**
	 * The request's content is complete.
	 *
	 * @param trailers its trailer section, empty when there is none; valid during this call only
	 */
	void onContentEnd(FieldSection trailers);

	/** What {@link HttpExchange#respond} or {@link HttpExchange#send} took has gone out, after it had returned false. */
	void onWritable();

	/** The client went away, or sent something wrong, or a time limit struck: the exchange has ended, release what it held. */
	void onAborted(Failure failure, Throwable cause);
}
