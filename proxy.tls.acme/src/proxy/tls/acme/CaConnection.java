package proxy.tls.acme;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.DefaultConnection;
import org.shredzone.acme4j.connector.HttpConnector;

/**
 * A connection whose requests end: the time limit covers the whole response (the one of the HTTP client ends with its
 * head), and an interrupt is obeyed while the body is read.
 */
final class CaConnection extends DefaultConnection {

	static final Duration TIME_LIMIT = Duration.ofSeconds(15);

	private final HttpConnector connector;
	private final HttpClient client;

	CaConnection(HttpConnector connector) {
		super(connector);
		this.connector = connector;
		this.client = connector.getHttpClient();
	}

	@Override
	protected void sendRequest(Session session, URL url, Consumer<HttpRequest.Builder> body) throws IOException {
		HttpRequest.Builder request = connector.createRequestBuilder(url)
				.header("Accept-Charset", "utf-8")
				.header("Accept-Language", session.getLanguageHeader());
		body.accept(request);
		CompletableFuture<HttpResponse<InputStream>> answer = client.sendAsync(
				request.build(),
				head -> BodySubscribers.<byte[], InputStream>mapping(BodySubscribers.ofByteArray(), ByteArrayInputStream::new));
		try {
			lastResponse = answer.get(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", e);
		} catch (TimeoutException e) {
			throw new HttpTimeoutException("it did not answer within " + TIME_LIMIT.toSeconds() + " s");
		} catch (ExecutionException e) {
			throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
		} finally {
			answer.cancel(true);
		}
		if (lastResponse.statusCode() >= 500) {
			throw new CaUnavailable(lastResponse.statusCode(), retryAfter());
		}
	}

	private Instant retryAfter() {
		String text = lastResponse.headers().firstValue("Retry-After").orElse("").trim();
		try {
			if (text.matches("\\d{1,9}")) {
				return Instant.now().plusSeconds(Long.parseLong(text));
			}
			return text.isEmpty() ? null : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
		} catch (DateTimeException e) {
			return null;
		}
	}
}
