package proxy.console;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;

/**
 * Decides whether a request may be what the user wants, or whether another web site made the user's browser send it
 * with the password it remembers. It is its own component so that {@link SiteGuard}, which has no settings, stays
 * registered while they change: no request comes past it, and the web server, which may be restarting for the same change,
 * has nothing to trip over.
 */
@Component(service = SameSite.class, configurationPid = "proxy.console")
public final class SameSite {

	/**
	 * What the decision needs of a request; null where a header is absent.
	 *
	 * @param changing whether the stock pages change something by it: any method but GET and HEAD, or a GET that stands
	 *     for a POST
	 */
	record Request(
			String method,
			String host,
			String origin,
			String fetchSite,
			String fetchMode,
			String referer,
			boolean query,
			boolean changing) {

		boolean reads() {
			return method.equals("GET") || method.equals("HEAD");
		}
	}

	/** Names that may be called besides the loopback ones, lower case. */
	private volatile Set<String> hosts;

	@Activate
	public SameSite(ConsoleSettings settings) {
		modified(settings);
	}

	@Modified
	void modified(ConsoleSettings settings) {
		hosts = Arrays.stream(settings.hosts())
				.map(host -> host.strip().toLowerCase(Locale.ROOT))
				.collect(Collectors.toUnmodifiableSet());
	}

	/** Why the request is refused, or null when it is not. */
	String refusal(Request request) {
		if (request.host == null || !isOurs(name(request.host))) {
			return "the host name " + request.host + " is not this console's; see console.hosts";
		}
		if (request.fetchSite != null) {
			return byFetchMetadata(request);
		}
		if (request.origin != null) {
			return isSame(request.origin, request.host) ? changingRead(request) : "it comes from " + request.origin;
		}
		if (request.referer != null && request.changing && !isSame(request.referer, request.host)) {
			return "it comes from " + request.referer;
		}
		return changingRead(request);
	}

	/** https://www.w3.org/TR/fetch-metadata/: what a page cannot set. A link from elsewhere may open a page and no more. */
	private static String byFetchMetadata(Request request) {
		if (request.fetchSite.equals("same-origin") || request.fetchSite.equals("none")) {
			return changingRead(request);
		}
		boolean link = request.reads() && "navigate".equals(request.fetchMode) && !request.query;
		return link ? null : "it comes from another site";
	}

	/** The stock configuration page takes a GET for a POST when asked to; none of its own pages changes anything that way. */
	private static String changingRead(Request request) {
		return request.reads() && request.changing ? "a GET must not change anything" : null;
	}

	private boolean isOurs(String name) {
		return name.equals("localhost")
				|| name.endsWith(".localhost")
				|| name.equals("[::1]")
				|| name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")
				|| hosts.contains(name);
	}

	/** Whether a URL is on the very host and port that the request was sent to. */
	private static boolean isSame(String url, String host) {
		int start = url.indexOf("://");
		if (start < 0) {
			return false;
		}
		int end = url.indexOf('/', start + 3);
		return url.substring(start + 3, end < 0 ? url.length() : end).equalsIgnoreCase(host);
	}

	private static String name(String host) {
		int colon = host.lastIndexOf(':');
		String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
		return name.toLowerCase(Locale.ROOT);
	}
}
