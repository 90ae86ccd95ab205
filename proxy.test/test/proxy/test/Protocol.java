package proxy.test;

import java.io.IOException;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Http2Client;
import proxy.fixtures.Load;
import proxy.fixtures.TestGatehouse;
import proxy.fixtures.Tls;

/** The ways to a gateway whose listeners are called {@code http} and {@code https}. */
enum Protocol {
	HTTP_1 {
		@Override
		Http1Client connect(int http, int https) throws IOException {
			return Http1Client.plain(http);
		}
	},
	HTTPS_1 {
		@Override
		Http1Client connect(int http, int https) throws IOException {
			return Http1Client.tls(https, ANY_CERTIFICATE, "localhost");
		}
	},
	HTTPS_2 {
		@Override
		Http2Client connect(int http, int https) throws IOException {
			return Http2Client.tls(https, ANY_CERTIFICATE, "localhost");
		}
	};

	private static final Tls ANY_CERTIFICATE = Tls.trustingAll();

	Client connect(TestGatehouse gatehouse) throws IOException {
		int port = gatehouse.port(isTls() ? "https" : "http");
		return connect(port, port);
	}

	/** To whatever listens at these ports. */
	abstract Client connect(int http, int https) throws IOException;

	Load.Connector connector(TestGatehouse gatehouse) {
		return () -> connect(gatehouse);
	}

	boolean isTls() {
		return this != HTTP_1;
	}

	boolean isHttp2() {
		return this == HTTPS_2;
	}
}
