package proxy.config.yaml;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Settings as Declarative Services would give them to a component: by its component property type (OSGi Compendium, section 112.8.2). */
final class ComponentSettings {

	private ComponentSettings() {}

	/** @param properties typed as the metatype of the type says */
	static <C> C of(Class<C> type, Map<String, Object> properties) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, setting, none) -> {
			Object given = properties.get(Attribute.id(setting.getName()));
			return given == null ? otherwise(setting) : given;
		}));
	}

	private static Object otherwise(Method setting) {
		Class<?> type = setting.getReturnType();
		return setting.getDefaultValue() == null && type.isArray() ? Array.newInstance(type.getComponentType(), 0) : setting.getDefaultValue();
	}
}
