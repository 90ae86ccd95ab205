package proxy.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.osgi.service.metatype.AttributeDefinition.BOOLEAN;
import static org.osgi.service.metatype.AttributeDefinition.INTEGER;
import static org.osgi.service.metatype.AttributeDefinition.STRING;

import java.util.List;
import java.util.Vector;
import org.junit.jupiter.api.Test;

class DefinitionTest {

	@Test
	void refusesWhatIsNotOfTheType() {
		assertEquals("'many' is not a whole number", refusal(TestAttribute.of(INTEGER), "many"));
		assertEquals("'99999999999' is not a whole number", refusal(TestAttribute.of(INTEGER), "99999999999"));
		assertEquals("'yes' is not true or false", refusal(TestAttribute.of(BOOLEAN), "yes"));
		assertNull(refusal(TestAttribute.of(INTEGER), 42));
		assertNull(refusal(TestAttribute.of(BOOLEAN), true));
	}

	@Test
	void refusesWhatIsOutOfRange() {
		TestAttribute port = TestAttribute.of(INTEGER).between(1, 65535);
		assertEquals("0 is too small", refusal(port, 0));
		assertEquals("99999 is too large", refusal(port, 99999));
		assertNull(refusal(port, 65535));
	}

	@Test
	void refusesWhatIsNoOption() {
		TestAttribute level = TestAttribute.of(STRING).with("", "info", "debug");
		assertEquals("'loud' is none of , info, debug", refusal(level, "loud"));
		assertNull(refusal(level, "info"));
		assertNull(refusal(level.byDefault(""), ""));
	}

	@Test
	void knowsWhatMayBeEmpty() {
		assertEquals("is missing", refusal(TestAttribute.of(STRING), ""));
		assertEquals("is missing", refusal(TestAttribute.of(STRING), null));
		assertEquals("needs to be a whole number", refusal(TestAttribute.of(INTEGER).byDefault("5"), ""));
		assertNull(refusal(TestAttribute.of(STRING).byDefault(""), ""));
		assertNull(refusal(TestAttribute.of(STRING).optional(), null));
		assertNull(refusal(TestAttribute.of(STRING).list(), new String[0]));
	}

	@Test
	void looksAtEveryElement() {
		TestAttribute ports = TestAttribute.of(INTEGER).list().between(1, 9);
		assertEquals("10 is too large", refusal(ports, new int[] {1, 10}));
		assertEquals("'x' is not a whole number", refusal(ports, new String[] {"1", "x"}));
		assertEquals("0 is too small", refusal(ports, new Vector<>(List.of(0, 1))));
		assertNull(refusal(TestAttribute.of(STRING).list(), new String[] {"a, b", "c\\d"}));
	}

	private static String refusal(TestAttribute attribute, Object value) {
		return new Definition(attribute).refusal(value);
	}
}
