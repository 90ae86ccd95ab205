package proxy.rules.compile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import proxy.api.rule.RequestFacts;
import proxy.rules.node.AddressNode;
import proxy.rules.node.IntNode;
import proxy.rules.node.ListsNode;
import proxy.rules.node.LookupNode;
import proxy.rules.node.Node;
import proxy.rules.node.RecordNode;
import proxy.rules.node.TextNode;

/** What an expression may ask about a request. */
final class Variables {

	private static final LookupNode HEADERS =
			new LookupNode("headers", true, RequestFacts::header, RequestFacts::hasHeader, RequestFacts::headerNames);
	private static final LookupNode QUERY =
			new LookupNode("query", false, RequestFacts::queryParameter, RequestFacts::hasQueryParameter, null);
	private static final LookupNode COOKIES = new LookupNode("cookies", false, RequestFacts::cookie, RequestFacts::hasCookie, null);

	private static final RecordNode REQUEST = request();
	private static final RecordNode CLIENT = client();
	private static final RecordNode TLS = tls();

	/** What only requests have. */
	static final Set<String> OF_REQUESTS = Set.of("http_request", "headers", "query", "cookies");

	private Variables() {}

	static Map<String, Node> all(ListsNode lists) {
		Map<String, Node> all = new LinkedHashMap<>();
		all.put("http_request", REQUEST);
		all.put("client", CLIENT);
		all.put("lists", lists);
		all.put("tls", TLS);
		all.put("headers", HEADERS);
		all.put("query", QUERY);
		all.put("cookies", COOKIES);
		all.put("listener", text(RequestFacts::listener));
		return all;
	}

	/** What can be asked about a connection that is not of HTTP. */
	static Map<String, Node> ofConnections(ListsNode lists) {
		Map<String, Node> some = all(lists);
		some.keySet().removeAll(OF_REQUESTS);
		return some;
	}

	private static RecordNode request() {
		Map<String, Node> parts = new LinkedHashMap<>();
		parts.put("host", text(RequestFacts::host));
		parts.put("url", text(RequestFacts::url));
		parts.put("path", text(RequestFacts::path));
		parts.put("method", text(RequestFacts::method));
		parts.put("user_agent", text(RequestFacts::userAgent));
		parts.put("scheme", text(RequestFacts::scheme));
		parts.put("protocol", text(RequestFacts::protocol));
		parts.put("query_string", text(RequestFacts::query));
		parts.put("headers", HEADERS);
		parts.put("query", QUERY);
		parts.put("cookies", COOKIES);
		return new RecordNode("http_request", parts);
	}

	private static RecordNode client() {
		Map<String, Node> parts = new LinkedHashMap<>();
		parts.put("ip", (AddressNode) (facts, locals) -> facts.clientAddress());
		parts.put("remote_port", (IntNode) (facts, locals) -> facts.clientPort());
		parts.put("asn", (IntNode) (facts, locals) -> facts.clientAsn());
		parts.put("country", text(RequestFacts::clientCountry));
		return new RecordNode("client", parts);
	}

	private static RecordNode tls() {
		Map<String, Node> parts = new LinkedHashMap<>();
		parts.put("version", text(RequestFacts::tlsVersion));
		parts.put("server_name", text(RequestFacts::tlsServerName));
		return new RecordNode("tls", parts);
	}

	private static TextNode text(Function<RequestFacts, String> fact) {
		return (facts, locals) -> fact.apply(facts);
	}
}
