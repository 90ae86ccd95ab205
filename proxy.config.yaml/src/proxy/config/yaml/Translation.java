package proxy.config.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import proxy.config.yaml.Value.Field;
import proxy.config.yaml.Value.Fields;
import proxy.config.yaml.Value.Scalar;

/** Makes a document into the configurations that it asks for, and finds all that is wrong with it on the way. */
final class Translation {

	private final Schema schema;
	private final Sections sections;
	private final Findings findings;
	private final Expressions expressions;
	private final Listeners listeners;
	private final Map<String, Fields> listenerFields = new LinkedHashMap<>();
	private final Map<String, Position> ruleNames = new LinkedHashMap<>();
	private final Map<String, Entry> entries = new LinkedHashMap<>();
	private final Services services;
	private final Elsewhere elsewhere;

	Translation(Schema schema, Expressions expressions, Elsewhere elsewhere, Findings findings) {
		this.elsewhere = elsewhere;
		this.schema = schema;
		this.sections = new Sections(schema);
		this.findings = findings;
		this.expressions = expressions;
		this.listeners = new Listeners(findings);
		this.services = new Services(schema, expressions, findings);
	}

	/** The main file. */
	void document(Value document) {
		Fields root = mapping(document, "", "listeners and services");
		if (root == null) {
			return;
		}
		expressions.lists(elsewhere.lists());
		Field lists = root.fields().get("lists");
		if (lists != null && lists.value() instanceof Fields all) {
			expressions.lists(all.fields().keySet());
		}
		root.fields().forEach(this::section);
		if (findings.lenient()) {
			pingooDefaults(root.at());
		}
		required(root, "listeners", "where to listen, such as {http: {address: http://0.0.0.0:8080}}");
		required(root, "services", "what to answer requests with, such as {app: {http_proxy: [\"http://127.0.0.1:3000\"]}}");
		Map<String, String> kinds = new LinkedHashMap<>(services.kinds());
		elsewhere.services().forEach(kinds::putIfAbsent);
		listenerFields.forEach((name, fields) -> listeners.services(fields, name, "listeners." + name, kinds, services.unrouted()));
		if (findings.all().stream().noneMatch(finding -> finding.kind() == Finding.Kind.ERROR)
				&& listenerFields.values().stream().noneMatch(Translation::choosesServicesForHttp)) {
			neverAsked();
		}
		Entry acme = entries.get("proxy.tls.acme");
		if (acme != null && !listenerFields.isEmpty() && !listeners.canAnswerChallenges()) {
			findings.warning(acme.at(), acme.path(), "no https listener on port 443 and no http listener on port 80, where a certificate"
					+ " authority connects to; fine when such a port is forwarded to another");
		}
	}

	private static boolean choosesServicesForHttp(Fields listener) {
		Field address = listener.fields().get("address");
		boolean tcp = address != null && address.value() instanceof Scalar text && text.text().startsWith("tcp");
		return !tcp && listener.fields().containsKey("services");
	}

	/** Tells of HTTP services behind one that is for all requests. */
	private void neverAsked() {
		String takesAll = null;
		for (Entry entry : entries.values()) {
			boolean http = entry.section().equals("services") && !entry.factoryPid().equals("proxy.service.tcp_proxy");
			if (http && takesAll != null) {
				findings.warning(entry.at(), entry.path(), "never answers: " + takesAll + " before it has no route and takes all requests;"
						+ " put that last");
			} else if (http && services.unrouted().contains(entry.name())) {
				takesAll = entry.path();
			}
		}
	}

	/** What Pingoo always does and Gatehouse only if it is told to. */
	private void pingooDefaults(Position at) {
		String pid = "proxy.user_agent";
		if (schema.find(pid) != null && !entries.containsKey(pid)) {
			add(new Entry(pid, null, "user_agent", at, "as Pingoo", Map.of("required", true), false));
		}
	}

	/** A file of the folder {@code rules}: a mapping of rules. */
	void rules(Value document) {
		if (document instanceof Fields rules) {
			named("rules", "proxy.rule", rules);
		} else if (!(document instanceof Value.Nothing)) {
			findings.error(document.at(), "rules", "expected a mapping from names to rules, found " + document.kind());
		}
	}

	List<Entry> entries() {
		return new ArrayList<>(entries.values());
	}

	private void required(Fields root, String key, String what) {
		if (!root.fields().containsKey(key)) {
			findings.missing(root.at(), key, what);
		}
	}

	private void section(String key, Field field) {
		String factory = sections.factory(key);
		if (Sections.lacksPlural(key)) {
			findings.unknownKey(field.at(), key, key, sections.known());
		} else if (key.equals("services")) {
			named(key, null, field.value());
		} else if (factory != null) {
			named(key, factory, field.value());
		} else if (sections.isGroup(key)) {
			group(key, field);
		} else if (sections.isEntry(key)) {
			single(key, sections.pid(key), field);
		} else if (key.equals("child_process")) {
			findings.ignorable(field.at(), key, "no installed bundle runs it");
		} else {
			findings.unknownKey(field.at(), key, key, sections.known());
		}
	}

	private void named(String section, String factoryPid, Value value) {
		Fields all = value instanceof Value.Nothing ? null : mapping(value, section, "names");
		if (all == null) {
			return;
		}
		all.fields().forEach((name, field) -> {
			String path = section + "." + name;
			if (!name.strip().equals(name) || name.chars().anyMatch(c -> c < ' ' || "*()=\\".indexOf(c) >= 0)) {
				findings.error(field.at(), path, "a name must not contain any of * ( ) = \\ or begin or end with a blank");
			} else if (section.equals("services")) {
				Fields fields = mapping(field.value(), path, "a kind such as http_proxy");
				if (fields != null) {
					services.translate(fields, name, path, field.at()).ifPresent(this::add);
				}
			} else {
				entry(factoryPid, name, path, field);
			}
		});
	}

	/** A section with entries below, which may be an entry itself: {@code tls}, {@code log}. */
	private void group(String key, Field field) {
		Fields all = field.value() instanceof Value.Nothing ? null : mapping(field.value(), key, String.join(", ", sections.known(key)));
		if (all == null) {
			return;
		}
		Map<String, Field> own = new LinkedHashMap<>();
		ObjectClass type = schema.find(sections.pid(key));
		all.fields().forEach((word, below) -> {
			String pid = sections.below(key, word);
			String path = key + "." + word;
			if (pid == null && type != null) {
				own.put(word, below);
			} else if (pid == null) {
				findings.unknownKey(below.at(), path, word, sections.known(key));
			} else if (schema.hasFactory(pid)) {
				named(path, pid, below.value());
			} else {
				single(path, pid, below);
			}
		});
		if (!own.isEmpty()) {
			single(key, sections.pid(key), new Field(field.at(), new Fields(all.at(), own)));
		}
	}

	private void single(String path, String pid, Field field) {
		entry(pid, null, path, field);
	}

	private void entry(String pid, String name, String path, Field field) {
		ObjectClass type = schema.find(pid);
		Value value = field.value() instanceof Value.Nothing nothing ? new Fields(nothing.at(), Map.of()) : field.value();
		Fields fields = mapping(value, path, type == null ? "settings" : String.join(", ", type.keys("")));
		if (fields == null) {
			return;
		}
		if (type == null) {
			findings.unserved(field.at(), path, "no installed bundle provides '" + (name == null ? path : path.substring(0, path.indexOf('.'))) + "'");
		}
		fields = pid.equals("proxy.rule") ? new RuleActions(findings, elsewhere.actions()).plain(fields, path) : fields;
		Map<String, Object> properties = new LinkedHashMap<>();
		if (name != null) {
			properties.put("name", name);
		}
		Properties typed = new Properties(type, findings);
		properties.putAll(typed.read(fields, path));
		check(pid, name, path, fields, properties);
		typed.missing(fields, path);
		add(new Entry(pid, name, path, field.at(), fields.canonical(), properties, pid.equals("proxy.rule")));
	}

	private void check(String pid, String name, String path, Fields fields, Map<String, Object> properties) {
		switch (pid) {
			case "proxy.listener" -> {
				listenerFields.put(name, fields);
				listeners.address(fields, name, path, properties);
			}
			case "proxy.rule" -> {
				Position before = ruleNames.putIfAbsent(name, fields.at());
				if (before != null) {
					findings.error(fields.at(), path, "a rule of this name is at " + before);
				}
				Field expression = fields.fields().get("expression");
				if (expression != null) {
					expressions.check(expression.value(), path + ".expression");
				}
			}
			case "proxy.tls.acme" -> new AcmeDomains(findings).check(fields, path);
			default -> { }
		}
	}

	private void add(Entry entry) {
		Entry before = entries.putIfAbsent(entry.pid(), entry);
		if (before != null && !entry.factoryPid().equals("proxy.rule")) {
			findings.error(entry.at(), entry.path(), "the same as " + before.path() + " at line " + before.at().line());
		}
	}

	private Fields mapping(Value value, String path, String of) {
		if (value instanceof Fields fields) {
			return fields;
		}
		findings.error(value.at(), path, (path.isEmpty() ? "expected a mapping with " : "expected a mapping of ") + of + ", found " + value.kind());
		return null;
	}
}
