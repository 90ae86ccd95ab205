package proxy.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the one user in by HTTP Basic authentication (RFC 7617). */
@Component(
		immediate = true,
		service = {SecurityProvider.class, ConsoleLogin.class},
		property = {SecurityProvider.PROPERTY_ID + "=proxy.console", "service.ranking:Integer=100"})
public final class ConsoleLogin implements SecurityProvider {

	private static final Logger LOG = LoggerFactory.getLogger(ConsoleLogin.class);
	private static final String SCHEME = "basic ";

	private final Credentials credentials;
	private final Throttle throttle;
	private final boolean terminal;

	@Activate
	public ConsoleLogin(BundleContext context) {
		this(
				new Credentials(System.getenv(Credentials.VARIABLE), new PasswordFile(file(context))),
				new Throttle(() -> System.nanoTime() / 1_000_000),
				Boolean.parseBoolean(context.getProperty("gatehouse.tty")));
	}

	ConsoleLogin(Credentials credentials, Throttle throttle, boolean terminal) {
		this.credentials = credentials;
		this.throttle = throttle;
		this.terminal = terminal;
	}

	private static Path file(BundleContext context) {
		String data = context.getProperty("gatehouse.data");
		return Path.of(data == null ? "data" : data, "console-password");
	}

	@Override
	public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
		String client = request.getRemoteAddr();
		String authorization = request.getHeader("Authorization");
		try {
			long wait = throttle.waitMillis(client);
			if (wait > 0) {
				response.setHeader("Retry-After", Long.toString(wait / 1000 + 1));
				response.sendError(429, "Too many wrong passwords. Try again in " + (wait / 1000 + 1) + " s.");
				return null;
			}
			if (authorization != null && matches(authorization)) {
				throttle.succeeded(client);
				return Credentials.USER;
			}
			if (authorization != null) {
				throttle.failed(client);
				LOG.atWarn().addKeyValue("client", client).log("console: wrong user or password");
			}
			response.setHeader("WWW-Authenticate", "Basic realm=\"Gatehouse\", charset=\"UTF-8\"");
			response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
			return null;
		} catch (IOException clientGone) {
			throw new UncheckedIOException(clientGone);
		}
	}

	private boolean matches(String authorization) {
		if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			return false;
		}
		String pair;
		try {
			byte[] octets = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
			pair = new String(octets, StandardCharsets.UTF_8);
		} catch (IllegalArgumentException notBase64) {
			return false;
		}
		int colon = pair.indexOf(':');
		return colon >= 0 && credentials.match(pair.substring(0, colon), pair.substring(colon + 1));
	}

	@Override
	public boolean authorize(Object user, String role) {
		return true;
	}

	/** Basic authentication knows no logging out: the web console asks the browser for another password itself. */
	@Override
	public void logout(HttpServletRequest request, HttpServletResponse response) {}

	/** How to log in, for the start screen. */
	String hint() {
		return credentials.hint(terminal);
	}
}
