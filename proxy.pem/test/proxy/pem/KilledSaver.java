package proxy.pem;

import java.nio.file.Path;
import proxy.api.tls.TlsIdentity;

/** A program that replaces a pair again and again until it is killed: its arguments are the folder and another one with the pairs {@code one} and {@code two}. */
final class KilledSaver {

	private KilledSaver() {}

	public static void main(String[] arguments) throws Exception {
		IdentityFolder source = new IdentityFolder(Path.of(arguments[1]));
		TlsIdentity[] pairs = {source.load("one"), source.load("two")};
		IdentityFolder target = new IdentityFolder(Path.of(arguments[0]));
		System.out.println("saving");
		for (int i = 0; ; i++) {
			TlsIdentity pair = pairs[i % 2];
			target.save("a.test", pair.key(), pair.chain());
		}
	}
}
