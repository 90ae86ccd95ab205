package proxy.log;

import ch.qos.logback.classic.spi.ILoggingEvent;

/** How an event becomes text. Used by many threads at once. */
interface EventFormat {

	/** Appends the event with its line end. */
	void append(StringBuilder to, ILoggingEvent event);
}
