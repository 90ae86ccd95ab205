package proxy.upstream.http;

import java.util.List;
import java.util.Set;
import proxy.api.runtime.Problem;
import proxy.api.runtime.SettingsCheck;
import proxy.api.upstream.Balancer;

/** Examines services' settings for who serves nothing. */
public final class HttpProxyCheck implements SettingsCheck<HttpProxyService.Config> {

	@Override
	public String pid() {
		return "proxy.service.http_proxy";
	}

	@Override
	public Class<HttpProxyService.Config> type() {
		return HttpProxyService.Config.class;
	}

	@Override
	public List<Problem> wrong(HttpProxyService.Config settings, Installed installed) {
		try {
			Settings.check(settings);
		} catch (IllegalArgumentException refused) {
			return List.of(Problem.of(Settings.setting(settings), refused));
		}
		Set<String> balancers = installed.words(Balancer.class, "balancer");
		return balancers.contains(settings.balancer())
				? List.of()
				: List.of(Balancers.missing(Settings.balancer(settings), settings.balancer(), balancers));
	}
}
