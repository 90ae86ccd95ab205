import java.nio.file.Files;
import java.nio.file.Path;

/** The artefacts that bndw had Maven fetch. */
final class Artefacts {

	private Artefacts() {}

	/** The one whose path has this part. */
	static Path find(Path root, String part) throws Exception {
		for (String path : Files.readString(root.resolve("cnf/generated/artefacts")).strip().split(":"))
			if (path.contains(part)) return Path.of(path);
		throw new Failure("no artefact " + part + " in cnf/*.mvn");
	}
}
