package proxy.discovery.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;

/** Name servers, asked in order until one answers, twice around. An error is no answer. */
record NameServers(Client client, List<InetSocketAddress> servers, Duration timeout) {

	private static final int ROUNDS = 2;
	private static final int MOST_ALIASES = 8;

	/** Completes exceptionally when there is no answer. */
	CompletionStage<Answer> ask(Name name, int type) {
		return follow(name, type, 0);
	}

	private CompletionStage<Answer> follow(Name name, int type, int aliases) {
		Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
		return send(query, 0).thenCompose(message -> {
			Answer answer = Answer.of(message, name, type);
			if (answer.alias() == null || message.getRcode() == Rcode.NXDOMAIN) {
				return CompletableFuture.completedFuture(answer);
			}
			if (aliases == MOST_ALIASES) {
				return CompletableFuture.failedFuture(new IOException(name + " is an alias of an alias, and so on"));
			}
			return follow(answer.alias(), type, aliases + 1).thenApply(last -> last.behind(answer));
		});
	}

	private CompletionStage<Message> send(Message query, int attempt) {
		InetSocketAddress server = servers.get(attempt % servers.size());
		SimpleResolver resolver = new SimpleResolver(server);
		resolver.setTimeout(timeout);
		return client.send(resolver, query)
				.handle((message, failure) -> {
					String trouble = trouble(message, failure);
					if (trouble == null) {
						return CompletableFuture.completedStage(message);
					}
					if (attempt + 1 < servers.size() * ROUNDS) {
						return send(query, attempt + 1);
					}
					return CompletableFuture.<Message>failedStage(
							new IOException("name server " + text(server) + " " + trouble));
				})
				.thenCompose(stage -> stage);
	}

	/** @return null for an answer, which may be that there is no such name */
	private static String trouble(Message message, Throwable failure) {
		if (failure != null) {
			return "does not answer";
		}
		int code = message.getRcode();
		return code == Rcode.NOERROR || code == Rcode.NXDOMAIN ? null : "answers " + Rcode.string(code);
	}

	private static String text(InetSocketAddress server) {
		return server.getAddress().getHostAddress() + " port " + server.getPort();
	}
}
