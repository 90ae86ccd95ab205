package proxy.tls.files;

import java.util.HashMap;
import java.util.Map;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** Tells the gateway, which logs it, what is wrong in the folder: each thing once when it appears, and when it is over. */
final class Troubles {

	private static final String SETTING = "tls.files.folder";

	private final GatewayRuntime runtime;
	private Map<String, String> told = Map.of();

	Troubles(GatewayRuntime runtime) {
		this.runtime = runtime;
	}

	/** @param reasons all there are now, by file name, "" for the folder itself */
	void are(Map<String, String> reasons) {
		if (reasons.equals(told)) {
			return;
		}
		Map<String, String> over = new HashMap<>(told);
		over.keySet().removeAll(reasons.keySet());
		over.keySet().forEach(file -> runtime.clear(setting(file)));
		reasons.forEach((file, reason) -> {
			if (!reason.equals(told.get(file))) {
				runtime.report(new Problem(setting(file), reason));
			}
		});
		told = Map.copyOf(reasons);
	}

	private static String setting(String file) {
		return file.isEmpty() ? SETTING : SETTING + "[" + file + "]";
	}
}
