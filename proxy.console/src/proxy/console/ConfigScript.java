package proxy.console;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Component;

/**
 * The script of the web console's configuration page with ours behind it: the stock one closes the dialog without a word
 * when a change is refused.
 */
@Component(
		immediate = true,
		service = Servlet.class,
		property = {
			"osgi.http.whiteboard.servlet.pattern=" + ConfigScript.PATH,
			"osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=org.apache.felix.webconsole)"
		})
public final class ConfigScript extends HttpServlet {

	static final String PATH = "/res/ui/config.js";

	private static final long serialVersionUID = 1L;

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Bundle webConsole = FrameworkUtil.getBundle(SecurityProvider.class);
		URL stock = webConsole.getEntry(PATH);
		response.setContentType("text/javascript");
		response.setCharacterEncoding("UTF-8");
		response.setHeader("Cache-Control", "no-cache");
		copy(stock.openStream(), response);
		copy(ConfigScript.class.getResourceAsStream("/res/gatehouse/refused.js"), response);
	}

	private static void copy(InputStream from, HttpServletResponse to) throws IOException {
		try (from) {
			from.transferTo(to.getOutputStream());
		}
	}
}
