package proxy.tls.files;

import proxy.api.tls.TlsIdentity;

/** What handshakes are answered from: immutable, replaced whole. */
record Snapshot(NameTable names, TlsIdentity fallback) {}
