package proxy.api.runtime;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A line that a bundle adds to the start screen. Whiteboard service; higher {@code service.ranking} comes first.
 */
@ConsumerType
public interface Notice {

	/** What the line is about, one word: "console". */
	String title();

	/** The line's text, for people. */
	String text();
}
