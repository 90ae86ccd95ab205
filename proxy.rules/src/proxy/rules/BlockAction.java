package proxy.rules;

import org.osgi.service.component.annotations.Component;
import proxy.api.http.Failure;
import proxy.api.http.HttpAction;
import proxy.api.http.HttpExchange;

/** {@code block}: 403. */
@Component(property = HttpAction.ACTION + "=block", immediate = true)
public final class BlockAction implements HttpAction {

	@Override
	public Outcome apply(HttpExchange exchange) {
		exchange.fail(Failure.FORBIDDEN, null);
		return Outcome.ANSWERED;
	}
}
