package proxy.config.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import proxy.api.http.HttpAction;
import proxy.api.rule.ExpressionLanguage;
import proxy.api.runtime.SettingsCheck;

/** Bundles as jar files: what they can be told and provide, and which class is the expression language, without a framework. */
final class JarFolder implements SettingsCheck.Installed {

	private static final Pattern IMPLEMENTATION = Pattern.compile("<implementation\\s+class=\"([^\"]+)\"");
	private static final String PROVIDES = "<provide interface=\"" + ExpressionLanguage.class.getName() + "\"";

	private final List<String> components = new ArrayList<>();
	private final List<ObjectClass> classes = new ArrayList<>();
	private String languageClass;

	/** @param jars files, each a bundle or not */
	JarFolder(List<Path> jars) throws IOException {
		for (Path jar : jars) {
			try (JarFile file = new JarFile(jar.toFile())) {
				read(file);
			}
		}
	}

	static List<Path> jars(Path folder) throws IOException {
		List<Path> jars = new ArrayList<>();
		try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
			found.forEach(jars::add);
		}
		jars.sort(null);
		return jars;
	}

	Schema schema() {
		return new Schema(classes);
	}

	/** The name of the class that provides the expression language as a component. */
	Optional<String> languageClass() {
		return Optional.ofNullable(languageClass);
	}

	/** The words of the actions that components provide. */
	Set<String> actions() {
		return words(HttpAction.class, HttpAction.ACTION);
	}

	@Override
	public Set<String> words(Class<?> service, String property) {
		Set<String> words = new TreeSet<>();
		components.forEach(xml -> ProvidedWord.in(xml, service, property).ifPresent(words::add));
		return words;
	}

	private void read(JarFile file) throws IOException {
		for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements();) {
			JarEntry entry = entries.nextElement();
			String name = entry.getName();
			if (!name.startsWith("OSGI-INF/") || !name.endsWith(".xml")) {
				continue;
			}
			try (InputStream xml = file.getInputStream(entry)) {
				if (name.startsWith(MetatypeXml.FOLDER)) {
					classes.addAll(MetatypeXml.read(xml));
				} else {
					component(new String(xml.readAllBytes(), StandardCharsets.UTF_8));
				}
			}
		}
	}

	private void component(String xml) {
		Matcher implementation = IMPLEMENTATION.matcher(xml);
		if (xml.contains(PROVIDES) && languageClass == null && implementation.find()) {
			languageClass = implementation.group(1);
		}
		components.add(xml);
	}
}
