package proxy.console;

import org.osgi.service.metatype.AttributeDefinition;

/** An attribute as metatype describes it; validate answers as Felix does for required ones with a range. */
record TestAttribute(int type, int cardinality, boolean required, String[] defaults, Integer min, Integer max, String... options)
		implements AttributeDefinition {

	static TestAttribute of(int type) {
		return new TestAttribute(type, 0, true, null, null, null);
	}

	TestAttribute between(int from, int to) {
		return new TestAttribute(type, cardinality, required, defaults, from, to, options);
	}

	TestAttribute with(String... wanted) {
		return new TestAttribute(type, cardinality, required, defaults, min, max, wanted);
	}

	TestAttribute optional() {
		return new TestAttribute(type, cardinality, false, defaults, min, max, options);
	}

	TestAttribute byDefault(String... values) {
		return new TestAttribute(type, cardinality, required, values, min, max, options);
	}

	TestAttribute list() {
		return new TestAttribute(type, Integer.MAX_VALUE, required, defaults, min, max, options);
	}

	@Override
	public String getName() {
		return "Test";
	}

	@Override
	public String getID() {
		return "test";
	}

	@Override
	public String getDescription() {
		return "";
	}

	@Override
	public int getCardinality() {
		return cardinality;
	}

	@Override
	public int getType() {
		return type;
	}

	@Override
	public String[] getOptionValues() {
		return options;
	}

	@Override
	public String[] getOptionLabels() {
		return options;
	}

	@Override
	public String validate(String value) {
		if (value == null) {
			return required ? "missing required value" : "";
		}
		if (min != null && Integer.parseInt(value) < min) {
			return "less than minimum";
		}
		return max != null && Integer.parseInt(value) > max ? "greater than maximum" : "";
	}

	@Override
	public String[] getDefaultValue() {
		return defaults;
	}
}
