package proxy.api.http;

/** A response's status and header section. Mutable and reused; for one thread. */
public final class ResponseHead {

	private final FieldSection fields;
	private int status;

	public ResponseHead() {
		this(new FieldSection());
	}

	public ResponseHead(FieldSection fields) {
		this.fields = fields;
	}

	/** The status code, 100 to 999. */
	public int status() {
		return status;
	}

	public ResponseHead status(int code) {
		status = code;
		return this;
	}

	public FieldSection fields() {
		return fields;
	}

	/** Starts over with this status and no fields. */
	public ResponseHead reset(int code) {
		status = code;
		fields.clear();
		return this;
	}
}
