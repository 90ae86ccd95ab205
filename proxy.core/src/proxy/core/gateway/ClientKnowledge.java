package proxy.core.gateway;

import proxy.api.rule.FactProvider;
import proxy.core.http.ClientLookup;

/** Who is asked about clients. One that has gone is asked for a while yet: its successor may be coming. */
final class ClientKnowledge {

	private FactProvider provider;
	private ClientLookup lookup = ClientLookup.NOBODY;
	/** {@link System#nanoTime()} of the provider's going, or 0. */
	private long leavingSince;

	synchronized void set(FactProvider next) {
		provider = next;
		lookup = next::lookup;
		leavingSince = 0;
	}

	synchronized void leave(FactProvider gone, long now) {
		// one that is replaced goes when its successor is here
		if (provider == gone) {
			leavingSince = Math.max(1, now);
		}
	}

	/** The same object until it is somebody else's. */
	synchronized ClientLookup lookup(long now) {
		if (waiting() && now - leavingSince > Registered.GRACE_MILLIS * 1_000_000) {
			provider = null;
			lookup = ClientLookup.NOBODY;
			leavingSince = 0;
		}
		return lookup;
	}

	/** Whether the provider is gone and not forgotten. */
	synchronized boolean waiting() {
		return leavingSince != 0;
	}
}
