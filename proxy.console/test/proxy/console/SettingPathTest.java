package proxy.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingPathTest {

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = {
		"proxy.log,                  -,                        '',    level,              log.level",
		"proxy.log.access,           -,                        '',    path,               access_log.path",
		"proxy.tls.acme,             -,                        '',    directory.url,      tls.acme.directory_url",
		"proxy.listener~https,       proxy.listener,           https, address,            listeners.https.address",
		"proxy.service.http_proxy~a, proxy.service.http_proxy, a,     connect.timeout.ms, services.a.connect_timeout_ms",
		"proxy.rule~x,               proxy.rule,               x,     expression,         rules.x.expression",
		"proxy.list~x,               proxy.list,               x,     file,               lists.x.file",
		"new,                        proxy.listener,           '',    address,            address",
	})
	void isWhatTheFileSays(String pid, String factoryPid, String name, String attribute, String expected) {
		assertEquals(expected, SettingPath.of(pid, factoryPid, name, attribute));
	}
}
