package proxy.upstream.tcp;

import java.util.List;
import proxy.api.runtime.Problem;
import proxy.api.runtime.SettingsCheck;

/** Examines services' settings for who serves nothing. */
public final class TcpProxyCheck implements SettingsCheck<TcpProxyService.Config> {

	@Override
	public String pid() {
		return "proxy.service.tcp_proxy";
	}

	@Override
	public Class<TcpProxyService.Config> type() {
		return TcpProxyService.Config.class;
	}

	@Override
	public List<Problem> wrong(TcpProxyService.Config settings, Installed installed) {
		try {
			Settings.check(settings);
			return List.of();
		} catch (IllegalArgumentException refused) {
			return List.of(Problem.of(Settings.setting(settings), refused));
		}
	}
}
