package proxy.discovery.docker;

import proxy.api.upstream.Upstream;

/**
 * What a labelled container is to the gateway: an upstream of a service, or nothing yet, or a problem.
 *
 * @param container its name
 * @param service null unless there is an upstream
 * @param upstream null unless there is one
 * @param problem what is wrong with its labels, ports or networks, for people; null when nothing is
 */
record Finding(String container, String service, Upstream upstream, String problem) {

	static Finding notReady(String container) {
		return new Finding(container, null, null, null);
	}

	static Finding unfit(String container, String problem) {
		return new Finding(container, null, null, problem);
	}
}
