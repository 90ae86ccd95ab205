package proxy.config.yaml;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import proxy.config.yaml.Value.Field;
import proxy.config.yaml.Value.Fields;
import proxy.config.yaml.Value.Items;
import proxy.config.yaml.Value.Scalar;

/**
 * The section {@code services}: {@code services.N.KIND} is {@code proxy.service.KIND~N}, with the route beside it. A kind is
 * whatever an installed bundle provides.
 */
final class Services {

	private static final String PREFIX = "proxy.service.";
	private static final String TCP_PROXY = "tcp_proxy";
	private static final Set<String> PINGOO_KINDS = Set.of("http_proxy", "tcp_proxy", "static");

	private final Schema schema;
	private final Expressions expressions;
	private final Findings findings;
	private final Set<String> known;
	/** The kinds that are known, or were Pingoo's. */
	private final Set<String> all;
	private final Map<String, String> kinds = new LinkedHashMap<>();
	private final Set<String> unrouted = new HashSet<>();

	Services(Schema schema, Expressions expressions, Findings findings) {
		this.schema = schema;
		this.expressions = expressions;
		this.findings = findings;
		known = new LinkedHashSet<>(schema.below(PREFIX));
		all = new LinkedHashSet<>(known);
		all.addAll(PINGOO_KINDS);
	}

	/** The kind of every service in the file; null when it is not clear. */
	Map<String, String> kinds() {
		return kinds;
	}

	/** The services in the file that are for everything that comes to them. */
	Set<String> unrouted() {
		return unrouted;
	}

	Optional<Entry> translate(Fields service, String name, String path, Position at) {
		String kind = kind(service, path, at);
		kinds.put(name, kind);
		Field route = service.fields().get("route");
		if (route == null) {
			unrouted.add(name);
		} else if (TCP_PROXY.equals(kind)) {
			expressions.checkOfConnections(route.value(), path + ".route");
		} else {
			expressions.check(route.value(), path + ".route");
		}
		if (kind == null) {
			return Optional.empty();
		}
		ObjectClass whole = schema.find(PREFIX + kind);
		ObjectClass type = whole == null ? null : whole.without("route");
		Field settings = service.fields().get(kind);
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("name", name);
		route(service, kind, whole, path, properties);
		Optional<Fields> fields = fields(settings, kind, type, path + "." + kind);
		if (fields.isEmpty()) {
			return Optional.empty();
		}
		Properties typed = new Properties(type, findings);
		properties.putAll(typed.read(fields.get(), path + "." + kind));
		typed.missing(fields.get(), path + "." + kind);
		if (kind.endsWith("_proxy")) {
			String upstreamsPath = path + "." + kind + (settings.value() instanceof Items ? "" : ".upstreams");
			Field upstreams = fields.get().fields().get("upstreams");
			if (upstreams != null) {
				new Upstreams(findings).check(upstreams.value(), kind, upstreamsPath, properties);
			}
		}
		return Optional.of(new Entry(PREFIX + kind, name, path, at, service.canonical(), properties, true));
	}

	private String kind(Fields service, String path, Position at) {
		List<String> found = service.fields().keySet().stream().filter(all::contains).toList();
		List<String> others = service.fields().keySet().stream().filter(key -> !key.equals("route") && !all.contains(key)).toList();
		if (found.size() > 1) {
			findings.error(at, path, "a service is of exactly one kind, found " + String.join(" and ", found));
			return null;
		}
		if (found.isEmpty() && others.size() == 1 && !isTypo(others.get(0), all)) {
			String plugin = others.get(0);
			findings.unserved(service.fields().get(plugin).at(), path + "." + plugin,
					"no installed bundle provides services of kind '" + plugin + "'");
			return plugin;
		}
		Set<String> keys = new LinkedHashSet<>(all);
		keys.add("route");
		others.forEach(key -> findings.unknownKey(service.fields().get(key).at(), path + "." + key, key, keys));
		if (found.isEmpty()) {
			if (others.isEmpty() || findings.lenient()) {
				findings.error(at, path, "a service needs exactly one kind: " + String.join(", ", all));
			}
			return null;
		}
		if (!known.contains(found.get(0))) {
			findings.unserved(service.fields().get(found.get(0)).at(), path + "." + found.get(0),
					"no installed bundle provides services of kind '" + found.get(0) + "'");
		}
		return found.get(0);
	}

	private static boolean isTypo(String key, Set<String> kinds) {
		Set<String> words = new LinkedHashSet<>(kinds);
		words.add("route");
		return Spelling.closest(key, words).isPresent();
	}

	private void route(Fields service, String kind, ObjectClass type, String path, Map<String, Object> properties) {
		Field route = service.fields().get("route");
		if (route == null || route.value() instanceof Value.Nothing) {
			return;
		}
		if (type != null && type.attribute("route") == null) {
			findings.error(route.at(), path + ".route", "a service of kind " + kind + " takes no route");
		} else if (route.value() instanceof Scalar scalar) {
			properties.put("route", scalar.text());
		} else {
			findings.error(route.value().at(), path + ".route", "expected an expression, found " + route.value().kind());
		}
	}

	/** The settings of a kind, its short forms written out: a list is its upstreams, a text its value. */
	private Optional<Fields> fields(Field settings, String kind, ObjectClass type, String path) {
		Value value = settings.value();
		if (value instanceof Fields fields) {
			for (String own : List.of("route", "name")) {
				Field misplaced = fields.fields().get(own);
				if (misplaced != null) {
					findings.error(misplaced.at(), path + "." + own, own.equals("route")
							? "a route stands beside the kind, not in it: move it one level up" : "a service is named by its key");
					return Optional.empty();
				}
			}
			return Optional.of(fields);
		}
		if (value instanceof Value.Nothing) {
			return Optional.of(new Fields(value.at(), Map.of()));
		}
		String key = value instanceof Items ? "upstreams" : "value";
		if (type != null && type.attribute(key) == null) {
			boolean proxy = type.attribute("upstreams") != null;
			findings.error(value.at(), path, "expected " + (proxy ? "a list of URLs, such as [\"" + (kind.equals(TCP_PROXY) ? "tcp" : "http")
					+ "://127.0.0.1:3000\"]" : "a mapping of " + String.join(", ", type.keys(""))) + ", found " + value.kind());
			return Optional.empty();
		}
		return Optional.of(new Fields(value.at(), Map.of(key, new Field(value.at(), value))));
	}
}
