package proxy.http1;

import proxy.api.http.Field;
import proxy.api.http.FieldSection;

/** How a message says where its content ends (RFC 9112 section 6). */
public final class ContentLength {

	/** Neither Content-Length nor Transfer-Encoding. */
	public static final long NONE = -2;

	/** Transfer-Encoding: chunked. */
	public static final long CHUNKED = -1;

	private ContentLength() {}

	/**
	 * @return a length of 0 or more, {@link #CHUNKED} or {@link #NONE}
	 * @throws MessageException when the fields are not beyond doubt
	 */
	public static long of(FieldSection fields) throws MessageException {
		long length = NONE;
		boolean chunked = false;
		for (int i = 0; i < fields.size(); i++) {
			switch (fields.field(i)) {
				case Field.CONTENT_LENGTH -> {
					if (length != NONE) {
						throw MessageException.bad("more than one Content-Length");
					}
					length = number(fields.bytes(), fields.valueStart(i), fields.valueEnd(i));
				}
				case Field.TRANSFER_ENCODING -> {
					if (chunked || !fields.valueIs(i, "chunked")) {
						throw MessageException.bad("a Transfer-Encoding other than chunked");
					}
					chunked = true;
				}
				default -> {
					// says nothing about the length
				}
			}
		}
		if (chunked && length != NONE) {
			throw MessageException.bad("both Content-Length and Transfer-Encoding");
		}
		return chunked ? CHUNKED : length;
	}

	private static long number(byte[] bytes, int start, int end) throws MessageException {
		int digits = end - start;
		if (digits == 0 || digits > 18) {
			throw MessageException.bad("not a Content-Length");
		}
		long value = 0;
		for (int i = start; i < end; i++) {
			int digit = bytes[i] - '0';
			if (digit < 0 || digit > 9) {
				throw MessageException.bad("not a Content-Length");
			}
			value = value * 10 + digit;
		}
		return value;
	}
}
