package proxy.console;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands before every page of the web console; sends whoever asks for the console itself to the overview. */
@Component(
		immediate = true,
		service = Filter.class,
		property = {
			"osgi.http.whiteboard.filter.pattern=/*",
			"osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=org.apache.felix.webconsole)",
			"service.ranking:Integer=1000"
		})
public final class SiteGuard implements Filter {

	private static final Logger LOG = LoggerFactory.getLogger(SiteGuard.class);

	private final SameSite sameSite;

	@Activate
	public SiteGuard(@Reference SameSite sameSite) {
		this.sameSite = sameSite;
	}

	@Override
	public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest request = (HttpServletRequest) servletRequest;
		HttpServletResponse response = (HttpServletResponse) servletResponse;
		response.setHeader("X-Frame-Options", "DENY");
		response.setHeader("Content-Security-Policy", "frame-ancestors 'none'; base-uri 'self'; form-action 'self'");
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader("Referrer-Policy", "same-origin");
		response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
		String refusal = sameSite.refusal(read(request));
		if (refusal != null) {
			LOG.atWarn()
					.addKeyValue("client", request.getRemoteAddr())
					.addKeyValue("method", request.getMethod())
					.addKeyValue("path", request.getRequestURI())
					.log("console: request refused: " + refusal);
			response.sendError(HttpServletResponse.SC_FORBIDDEN, "Refused: " + refusal);
		} else if (isRoot(request)) {
			response.sendRedirect(request.getContextPath() + "/" + OverviewPage.LABEL);
		} else {
			chain.doFilter(request, response);
		}
	}

	private static SameSite.Request read(HttpServletRequest request) {
		String method = request.getMethod();
		boolean reads = method.equals("GET") || method.equals("HEAD");
		return new SameSite.Request(
				method,
				request.getHeader("Host"),
				request.getHeader("Origin"),
				request.getHeader("Sec-Fetch-Site"),
				request.getHeader("Sec-Fetch-Mode"),
				request.getHeader("Referer"),
				request.getQueryString() != null,
				!reads || standsForPost(request));
	}

	private static boolean standsForPost(HttpServletRequest request) {
		return request.getParameter("post") != null
				&& (request.getParameter("apply") != null
						|| request.getParameter("delete") != null
						|| request.getParameter("unbind") != null);
	}

	private static boolean isRoot(HttpServletRequest request) {
		String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
		return request.getMethod().equals("GET") && (path.isEmpty() || path.equals("/"));
	}
}
