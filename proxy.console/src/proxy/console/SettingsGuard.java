package proxy.console;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Objects;
import org.apache.felix.webconsole.spi.ConfigurationHandler;
import org.apache.felix.webconsole.spi.ValidationException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.AttributeDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.rule.ExpressionLanguage;

/** Lets through only changes that can be in force; a refused one is not stored, and what was in force stays. */
@Component(immediate = true)
public final class SettingsGuard implements ConfigurationHandler {

	private static final Logger LOG = LoggerFactory.getLogger(SettingsGuard.class);

	private final Definitions definitions;
	private final ConfigurationAdmin configurations;

	@Reference(cardinality = OPTIONAL, policy = DYNAMIC)
	private volatile ExpressionLanguage language;

	@Activate
	public SettingsGuard(@Reference Definitions definitions, @Reference ConfigurationAdmin configurations) {
		this.definitions = definitions;
		this.configurations = configurations;
	}

	/** What a bundle only remembers for itself is nothing to edit. */
	@Override
	public boolean listConfiguration(String factoryPid, String pid) {
		return !pid.equals("proxy.config.yaml.applied");
	}

	@Override
	public void createConfiguration(String pid) {}

	@Override
	public void createFactoryConfiguration(String factoryPid, String pid) {}

	@Override
	public void deleteConfiguration(String factoryPid, String pid) {
		LOG.atInfo().addKeyValue("pid", pid).log("console: configuration deleted");
	}

	@Override
	public void updateConfiguration(String requestedFactoryPid, String pid, Dictionary<String, Object> values)
			throws ValidationException, IOException {
		String factoryPid = factoryPid(requestedFactoryPid, pid);
		String kind = factoryPid == null ? pid : factoryPid;
		if (!kind.startsWith("proxy.")) {
			return;
		}
		dropEmptyElements(values);
		String name = Objects.toString(values.get("name"), "");
		for (AttributeDefinition attribute : definitions.of(kind)) {
			String reason = refusal(factoryPid, attribute, values.get(attribute.getID()));
			if (reason != null) {
				throw new ValidationException(SettingPath.of(pid, factoryPid, name, attribute.getID()) + ": " + reason);
			}
		}
		if (factoryPid != null) {
			refuseTakenName(factoryPid, pid, name);
		}
		keepHidden(pid, values);
		LOG.atInfo().addKeyValue("pid", kind).addKeyValue("name", name).log("console: configuration changed");
	}

	/** An entry's place in the order and its origin are not in the form, and must not be lost by it. */
	private void keepHidden(String pid, Dictionary<String, Object> values) throws IOException {
		try {
			Configuration[] present = configurations.listConfigurations("(service.pid=" + pid + ")");
			if (present == null) {
				return;
			}
			Dictionary<String, Object> before = present[0].getProperties();
			for (String key : Collections.list(before.keys())) {
				boolean hidden = key.equals(Constants.SERVICE_RANKING) || key.startsWith("gatehouse.");
				if (hidden && values.get(key) == null) {
					values.put(key, before.get(key));
				}
			}
		} catch (InvalidSyntaxException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

	private static String factoryPid(String requested, String pid) {
		if (requested != null && !requested.isBlank()) {
			return requested;
		}
		int tilde = pid.indexOf('~');
		return tilde < 0 ? null : pid.substring(0, tilde);
	}

	/** The page sends a row of a list that was left empty as an empty text. */
	private static void dropEmptyElements(Dictionary<String, Object> values) {
		for (String key : Collections.list(values.keys())) {
			if (values.get(key) instanceof String[] texts) {
				values.put(key, List.of(texts).stream().filter(text -> !text.isBlank()).toArray(String[]::new));
			}
		}
	}

	private String refusal(String factoryPid, AttributeDefinition attribute, Object value) {
		String reason = new Definition(attribute).refusal(value);
		if (reason != null || factoryPid == null) {
			return reason;
		}
		Meaning meaning = new Meaning(language);
		return Definition.texts(value).stream()
				.map(text -> meaning.refusal(factoryPid, attribute.getID(), text))
				.filter(Objects::nonNull)
				.findFirst()
				.orElse(null);
	}

	/** Of two entries of one name only one could be in force; services share their names whatever their kind. */
	private void refuseTakenName(String factoryPid, String pid, String name) throws ValidationException, IOException {
		if (name.isBlank()) {
			return;
		}
		boolean service = factoryPid.startsWith("proxy.service.");
		String factories = service ? "proxy.service.*" : factoryPid;
		try {
			Configuration[] others = configurations.listConfigurations("(service.factoryPid=" + factories + ")");
			for (Configuration other : others == null ? new Configuration[0] : others) {
				if (!other.getPid().equals(pid) && name.equals(other.getProperties().get("name"))) {
					throw new ValidationException(
							SettingPath.of(pid, factoryPid, name, "name") + ": another one has this name");
				}
			}
		} catch (InvalidSyntaxException impossible) {
			throw new IllegalStateException(impossible);
		}
	}
}
