package proxy.log;

/** Where the start screen goes. */
interface LogOutput {

	/** Whether lines are written for people rather than as JSON. */
	boolean human();

	Paint paint();

	/** Writes text for people as it is, and ends the quiet of the start. */
	void page(CharSequence text);
}
