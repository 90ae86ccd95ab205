package proxy.rules.lists;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.rule.EvaluationException;
import proxy.rules.value.Type;

/** Where expressions find a list's content; the same for as long as an expression or a list uses it. Any thread. */
public final class ListSlot {

	private static final Logger LOG = LoggerFactory.getLogger(ListSlot.class);

	private final String name;
	private volatile ListContent content;
	private volatile boolean warned;

	ListSlot(String name) {
		this.name = name;
	}

	public String name() {
		return name;
	}

	public boolean isLoaded() {
		return content != null;
	}

	/** @throws EvaluationException when nothing has ever been read */
	public ListContent content() {
		ListContent now = content;
		if (now == null) {
			throw new EvaluationException("the list '" + name + "' is not loaded");
		}
		return now;
	}

	/**
	 * For who asks whether a value of this type is in the list. With elements of another type the answer is always no:
	 * Pingoo says nothing then, here the log says so once.
	 *
	 * @throws EvaluationException when nothing has ever been read
	 */
	public ListContent contentFor(Type asked) {
		ListContent now = content();
		if (now.type() != asked && !warned) {
			warned = true;
			LOG.atWarn().addKeyValue("list", name)
					.log("lists: an expression looks for {} in a list whose type is {}, which never contains it", asked.one(), now.type());
		}
		return now;
	}

	public void put(ListContent newContent) {
		content = newContent;
		warned = false;
	}
}
