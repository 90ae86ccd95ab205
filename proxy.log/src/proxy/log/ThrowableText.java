package proxy.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.util.StringJoiner;

/** What is said of an exception. */
enum ThrowableText {

	/**
	 * The messages from outside in, on one line. Trouble with the world (checked exceptions) is told by its messages;
	 * where a mistake in a program is likely, the calls around it are added.
	 */
	SHORT {
		@Override
		String of(IThrowableProxy throwable) {
			StringJoiner text = new StringJoiner(" <- ");
			IThrowableProxy innermost = throwable;
			int depth = 0;
			for (IThrowableProxy at = throwable; at != null && depth < 8; at = at.getCause(), depth++) {
				text.add(headline(at));
				innermost = at;
			}
			return isMistake(innermost) ? text + calls(innermost) : text.toString();
		}
	},

	FULL {
		@Override
		String of(IThrowableProxy throwable) {
			return ThrowableProxyUtil.asString(throwable).stripTrailing();
		}
	};

	private static final int CALLS = 8;

	abstract String of(IThrowableProxy throwable);

	private static String headline(IThrowableProxy throwable) {
		String name = throwable.getClassName();
		String simple = name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
		return throwable.getMessage() == null ? simple : simple + ": " + throwable.getMessage();
	}

	private static boolean isMistake(IThrowableProxy proxy) {
		Throwable throwable = proxy instanceof ThrowableProxy real ? real.getThrowable() : null;
		return throwable instanceof RuntimeException || throwable instanceof Error;
	}

	private static String calls(IThrowableProxy throwable) {
		StringBuilder text = new StringBuilder();
		StackTraceElementProxy[] calls = throwable.getStackTraceElementProxyArray();
		for (int i = 0; i < Math.min(CALLS, calls.length); i++) {
			StackTraceElement call = calls[i].getStackTraceElement();
			text.append(i == 0 ? " at " : ", ")
					.append(call.getClassName())
					.append('.')
					.append(call.getMethodName())
					.append(':')
					.append(call.getLineNumber());
		}
		return text.toString();
	}
}
