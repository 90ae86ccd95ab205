import aQute.bnd.osgi.Processor;

/** Prints what bnd has to say about something. */
final class Report {

	private Report() {}

	/** Prints warnings and errors, and ends the build if there are errors. */
	static void check(Processor processor, String what) {
		processor.getWarnings().forEach(warning -> System.err.println(what + ": warning: " + warning));
		processor.getErrors().forEach(error -> System.err.println(what + ": " + error));
		boolean failed = !processor.getErrors().isEmpty();
		processor.getWarnings().clear();
		processor.getErrors().clear();
		if (failed) throw new Failure(what + " has errors");
	}
}
