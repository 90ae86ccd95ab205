/**
 * Certificates from a folder: every {@code NAME.pem} with its {@code NAME.key}.
 *
 * <p>{@code CertificateFolder} looks at the folder twice a second ({@code Pairs}, one {@code Pair} each) and publishes an
 * immutable {@code NameTable}, which handshakes read. Looking works everywhere: on network file systems, behind
 * symbolic links and in mounted volumes, where change notifications do not. What cannot be used is a problem that names
 * the file, and what was in force before stays.
 *
 * <p>{@code default.pem} is for clients that name no host or an unknown one; {@code SelfSigned} makes it when it is
 * missing.
 */
package proxy.tls.files;
