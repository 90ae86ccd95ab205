package proxy.console;

import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Finds the metatype of a configuration among all bundles. */
@Component(service = Definitions.class)
public final class Definitions {

	private final BundleContext context;
	private final MetaTypeService metatype;

	@Activate
	public Definitions(BundleContext context, @Reference MetaTypeService metatype) {
		this.context = context;
		this.metatype = metatype;
	}

	/** The attributes of a PID or factory PID; none when no bundle describes it. */
	List<AttributeDefinition> of(String pid) {
		for (Bundle bundle : context.getBundles()) {
			MetaTypeInformation information = metatype.getMetaTypeInformation(bundle);
			if (information != null && describes(information, pid)) {
				AttributeDefinition[] attributes =
						information.getObjectClassDefinition(pid, null).getAttributeDefinitions(ObjectClassDefinition.ALL);
				return attributes == null ? List.of() : List.of(attributes);
			}
		}
		return List.of();
	}

	private static boolean describes(MetaTypeInformation information, String pid) {
		return Arrays.asList(information.getPids()).contains(pid)
				|| Arrays.asList(information.getFactoryPids()).contains(pid);
	}
}
