package proxy.health;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import proxy.api.runtime.GatewayRuntime;

/** Answers without asking who wants to know: it says nothing that a port scan would not. */
@Component(service = Servlet.class, immediate = true, property = "osgi.http.whiteboard.servlet.pattern=/health")
public final class HealthServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	private final transient GatewayRuntime runtime;

	@Activate
	public HealthServlet(@Reference GatewayRuntime runtime) {
		this.runtime = runtime;
	}

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Health health = Health.of(runtime);
		response.setStatus(health.good() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
		response.setContentType("text/plain");
		response.setCharacterEncoding("UTF-8");
		response.setHeader("Cache-Control", "no-store");
		response.getWriter().write(health.text());
	}
}
