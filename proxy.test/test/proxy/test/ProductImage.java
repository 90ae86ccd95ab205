package proxy.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import proxy.fixtures.DockerEngine;

/**
 * The product's image, built in an engine as {@code ./bndw image} does. It stands on what it needs of the Debian that the test
 * runs on: no image can be fetched in a test.
 */
final class ProductImage {

	static final String NAME = "gatehouse:latest";
	static final String BASE = "debian:bookworm-slim";

	/** Packages of which every image of a Debian has all. */
	private static final String PACKAGES = "bash coreutils dash debianutils findutils grep hostname passwd sed util-linux";

	private ProductImage() {}

	static void build(DockerEngine engine, Path scratch) throws IOException {
		Path root = Path.of(System.getProperty("gatehouse.root"));
		Path context = root.resolve("proxy.test/generated/image");
		run(root.resolve("proxy.app/image/prepare").toString(), System.getProperty("gatehouse.dist"), context.toString());
		Path base = scratch.resolve("base");
		run("bash", "-euc", """
				base=$0 runtime=$1
				mkdir -p "$base"/{etc,tmp,opt,root,run,proc,sys,dev,var/lib,usr/{bin,sbin,lib,lib64,local/bin}}
				for folder in bin sbin lib lib64; do ln -s usr/$folder "$base/$folder"; done
				chmod 1777 "$base/tmp"
				echo 'root:x:0:0:root:/root:/bin/sh' >"$base/etc/passwd"
				echo 'root:x:0:' >"$base/etc/group"
				programs=$(for file in $(dpkg -L $2 | grep -E '^(/usr)?/s?bin/.'); do [ ! -f "$file" ] || echo "$file"; done)
				libraries=$(ldd $programs "$runtime"/lib/*.so "$runtime/lib/server/libjvm.so" 2>/dev/null |
					grep -o '/[^ :]*\\.so[^ :]*' | grep -v "^$runtime" | grep -vE '^/.*(X11|libX|libxcb|libfreetype|libpng)' | sed 's|^/usr/lib|/lib|' | sort -u)
				libc=$(dirname "$(echo "$libraries" | grep '/libc\\.so' | head -n 1)")
				cp -L --parents $programs $libraries "$libc"/lib{dl,m,pthread,rt}.so.? "$base"
				""", base.toString(), context.resolve("runtime").toString(), PACKAGES);
		engine.importImage(BASE, base);
		engine.docker("build", "-t", NAME, "--build-arg", "VERSION=test", context.toString());
	}

	/** How much larger it is than what it stands on, in bytes. */
	static long size(DockerEngine engine) {
		return bytes(engine, NAME) - bytes(engine, BASE);
	}

	private static long bytes(DockerEngine engine, String image) {
		return Long.parseLong(engine.docker("image", "inspect", "--format", "{{.Size}}", image).strip());
	}

	private static void run(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new AssertionError(command[0] + ": " + output);
			}
		} catch (IOException e) {
			throw new AssertionError(command[0], e);
		} catch (InterruptedException e) {
			throw new AssertionError(e);
		}
	}
}
