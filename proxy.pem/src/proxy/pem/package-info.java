/**
 * Certificates and keys in files. {@link proxy.pem.Pem} reads and writes PEM texts, {@link proxy.pem.IdentityFolder}
 * keeps pairs of {@code NAME.pem} and {@code NAME.key} so that a crash at any moment leaves a pair that fits together,
 * {@link proxy.pem.PrivateFile} replaces one file whole, readable by its owner only.
 *
 * <p>No bundle of its own: the bundles that need it carry a private copy.
 */
package proxy.pem;
