package proxy.test;

import proxy.fixtures.Origin;
import proxy.fixtures.TestGatehouse;

/** Configurations that several tests start from. */
final class Gateways {

	/** Everything, plain and TLS, goes to one origin. */
	static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>"}
			  https: {address: "https://127.0.0.1:<https>"}
			services:
			  origin:
			    http_proxy: ["<origin>"]
			""";

	private Gateways() {}

	/** Forwards everything to the origin. */
	static TestGatehouse echoing(Origin origin) {
		return TestGatehouse.configured(YAML).with("origin", origin.url()).start();
	}

	/** The same, for clients that are all trusted proxies. */
	static TestGatehouse trusting(Origin origin) {
		return TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>", trusted_proxies: [127.0.0.0/8]}
				  https: {address: "https://127.0.0.1:<https>", trusted_proxies: [127.0.0.0/8]}
				services:
				  origin:
				    http_proxy: ["<origin>"]
				""").with("origin", origin.url()).start();
	}
}
