package proxy.config.yaml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads a bundle's metatype file (OSGi Compendium, chapter 105), the same way from an installed bundle and from a jar. */
final class MetatypeXml {

	/** Where bundles keep such files. */
	static final String FOLDER = "OSGI-INF/metatype/";

	private static final Pattern OURS = Pattern.compile("[pP]id\\s*=\\s*[\"']proxy\\.");

	private MetatypeXml() {}

	/** What a file says of configurations that begin with {@code proxy.}; no other can be set from a configuration file. */
	static List<ObjectClass> read(InputStream xml) throws IOException {
		byte[] bytes = xml.readAllBytes();
		if (!OURS.matcher(new String(bytes, StandardCharsets.UTF_8)).find()) {
			return List.of();
		}
		Element root = parse(bytes);
		Map<String, Element> definitions = new HashMap<>();
		for (Element definition : children(root, "OCD")) {
			definitions.put(definition.getAttribute("id"), definition);
		}
		List<ObjectClass> classes = new ArrayList<>();
		for (Element designate : children(root, "Designate")) {
			String factory = designate.getAttribute("factoryPid");
			for (Element object : children(designate, "Object")) {
				Element definition = definitions.get(object.getAttribute("ocdref"));
				String pid = factory.isEmpty() ? designate.getAttribute("pid") : factory;
				if (definition != null && pid.startsWith("proxy.")) {
					classes.add(objectClass(pid, !factory.isEmpty(), definition));
				}
			}
		}
		return classes;
	}

	private static ObjectClass objectClass(String pid, boolean factory, Element definition) {
		Map<String, Attribute> attributes = new LinkedHashMap<>();
		for (Element ad : children(definition, "AD")) {
			attributes.put(ad.getAttribute("id"), attribute(ad));
		}
		return new ObjectClass(pid, factory, definition.getAttribute("name"), definition.getAttribute("description"), attributes);
	}

	private static Attribute attribute(Element ad) {
		String cardinality = ad.getAttribute("cardinality");
		boolean many = !cardinality.isEmpty() && !cardinality.equals("0");
		List<Attribute.Option> options = children(ad, "Option").stream()
				.map(option -> new Attribute.Option(option.getAttribute("value"), option.getAttribute("label")))
				.toList();
		return new Attribute(ad.getAttribute("id"), ad.getAttribute("name"), ad.getAttribute("description"),
				ad.getAttribute("type"), many, !ad.getAttribute("required").equals("false"),
				ad.hasAttribute("default") ? defaults(ad.getAttribute("default"), many) : List.of(),
				limit(ad, "min"), limit(ad, "max"), options);
	}

	private static String limit(Element ad, String name) {
		return ad.hasAttribute(name) ? ad.getAttribute(name) : null;
	}

	/** A list's default is separated by commas; a backslash takes a comma, blank or backslash as it is. */
	private static List<String> defaults(String text, boolean many) {
		List<String> values = new ArrayList<>();
		StringBuilder value = new StringBuilder();
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\\' && i + 1 < text.length()) {
				value.append(text.charAt(++i));
			} else if (c == ',' && many) {
				values.add(value.toString().strip());
				value.setLength(0);
			} else {
				value.append(c);
			}
		}
		values.add(value.toString().strip());
		return many && values.equals(List.of("")) ? List.of() : values;
	}

	private static Element parse(byte[] xml) throws IOException {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml)).getDocumentElement();
		} catch (ParserConfigurationException | SAXException e) {
			throw new IOException(e.getMessage(), e);
		}
	}

	private static List<Element> children(Element parent, String name) {
		NodeList nodes = parent.getChildNodes();
		List<Element> elements = new ArrayList<>();
		for (int i = 0; i < nodes.getLength(); i++) {
			if (nodes.item(i) instanceof Element element && element.getTagName().equals(name)) {
				elements.add(element);
			}
		}
		return elements;
	}
}
