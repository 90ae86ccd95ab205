package proxy.tls.acme;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.pem.PrivateFile;

/**
 * What must be known after a restart, in {@code acme-history.json}: which authority a certificate is from, so that another
 * one in the configuration is asked for a new one, and the refusals of the last hour, so that a gateway that is started
 * again and again does not use up the authority's patience. It can be deleted any time. For the control thread.
 */
final class History {

	private static final Logger log = LoggerFactory.getLogger(History.class);
	/** Let's Encrypt's limit of failed validations for a name. */
	private static final int REFUSALS = 5;
	private static final Duration WINDOW = Duration.ofHours(1);

	private final Path file;
	private final Map<String, Entry> entries = new LinkedHashMap<>();

	/** @param directory where the certificate is from, "" when that is not known */
	private record Entry(String directory, List<Instant> refusals) {}

	History(Path folder) {
		file = folder.resolve("acme-history.json");
		try {
			if (Files.exists(file)) {
				JsonUtil.parseJson(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
						.forEach((name, value) -> entries.put(name, entry(value)));
			}
		} catch (IOException | JoseException | RuntimeException e) {
			log.atWarn().addKeyValue("file", file).addKeyValue("reason", e.getMessage()).log("tls: ACME history is not readable");
		}
	}

	/** Whether the certificate is known to be from another authority. */
	boolean isFromAnother(DomainName domain, URI directory) {
		String known = of(domain).directory();
		return directory != null && !known.isEmpty() && !known.equals(directory.toString());
	}

	/** When the next order may be made. */
	Instant mayTry(DomainName domain, Instant now) {
		List<Instant> recent = of(domain).refusals().stream()
				.filter(refusal -> refusal.isAfter(now.minus(WINDOW)) && !refusal.isAfter(now))
				.sorted(Comparator.reverseOrder())
				.toList();
		return recent.size() < REFUSALS ? Instant.MIN : recent.get(REFUSALS - 1).plus(WINDOW);
	}

	void issued(DomainName domain, URI directory) {
		entries.put(domain.text(), new Entry(directory.toString(), List.of()));
		save();
	}

	void refused(DomainName domain, Instant now) {
		List<Instant> refusals = new ArrayList<>(of(domain).refusals());
		refusals.removeIf(refusal -> refusal.isBefore(now.minus(WINDOW)));
		refusals.add(now);
		entries.put(domain.text(), new Entry(of(domain).directory(), refusals));
		save();
	}

	private Entry of(DomainName domain) {
		return entries.getOrDefault(domain.text(), new Entry("", List.of()));
	}

	private void save() {
		Map<String, Object> content = new LinkedHashMap<>();
		entries.forEach((name, entry) -> content.put(name, Map.of(
				"directory", entry.directory(), "refused", entry.refusals().stream().map(Instant::toString).toList())));
		try {
			PrivateFile.createFolder(file.getParent());
			PrivateFile.write(file, JsonUtil.toJson(content).getBytes(StandardCharsets.UTF_8));
		} catch (IOException e) {
			log.atWarn().addKeyValue("reason", PrivateFile.reason(e)).log("tls: ACME history cannot be stored");
		}
	}

	private static Entry entry(Object value) {
		Map<?, ?> fields = (Map<?, ?>) value;
		List<Instant> refusals = new ArrayList<>();
		if (fields.get("refused") instanceof List<?> times) {
			times.forEach(time -> refusals.add(Instant.parse(String.valueOf(time))));
		}
		return new Entry(fields.get("directory") instanceof String directory ? directory : "", refusals);
	}
}
