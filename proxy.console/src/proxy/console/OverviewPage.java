package proxy.console;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import proxy.api.runtime.FileConfiguration;
import proxy.api.runtime.GatewayRuntime;

/** The console's start page: what listens, serves, is wrong and is not as in the file, as JSON that the page asks for every two seconds. */
@Component(
		immediate = true,
		service = Servlet.class,
		property = {
			"felix.webconsole.label=" + OverviewPage.LABEL,
			"felix.webconsole.title=Overview",
			"felix.webconsole.category=Gatehouse"
		})
public final class OverviewPage extends AbstractServlet {

	static final String LABEL = "gatehouse";

	private static final long serialVersionUID = 1L;
	private static final String STATE = "/" + LABEL + "/state.json";
	private static final String RESTORE = "/" + LABEL + "/restore";

	private final transient BundleContext context;
	private final transient ConfigurationAdmin configurations;

	@Reference(cardinality = OPTIONAL, policy = DYNAMIC)
	private transient volatile GatewayRuntime runtime;

	@Reference(cardinality = OPTIONAL, policy = DYNAMIC)
	private transient volatile FileConfiguration file;

	@Activate
	public OverviewPage(BundleContext context, @Reference ConfigurationAdmin configurations) {
		this.context = context;
		this.configurations = configurations;
	}

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		if (!STATE.equals(request.getPathInfo())) {
			super.doGet(request, response);
			return;
		}
		setNoCache(response);
		response.setContentType("application/json");
		response.setCharacterEncoding("UTF-8");
		response.setStatus(HttpServletResponse.SC_OK);
		response.getWriter().write(Json.of(GatewayState.of(context, runtime, configurations, file)));
	}

	/** Makes the entry with the PID of the form what the configuration file says of it. */
	@Override
	protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
		String pid = request.getParameter("pid");
		FileConfiguration current = file;
		boolean known = RESTORE.equals(request.getPathInfo()) && pid != null && current != null && current.restore(pid);
		response.setStatus(known ? HttpServletResponse.SC_NO_CONTENT : HttpServletResponse.SC_NOT_FOUND);
	}

	@Override
	public void renderContent(HttpServletRequest request, HttpServletResponse response) throws IOException {
		try (var page = OverviewPage.class.getResourceAsStream("/res/gatehouse/overview.html")) {
			response.getWriter().write(new String(page.readAllBytes(), StandardCharsets.UTF_8));
		}
	}
}
