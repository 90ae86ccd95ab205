/**
 * HTTP/2 towards clients (RFC 9113, RFC 7541), lean: a connection lives on one loop, reads whole frames, and hands every
 * request to the same {@code Exchange} that HTTP/1.1 uses. Request targets and field values keep their octets.
 *
 * <p>Read {@code StreamFrames} and {@code Http2Connection} for what becomes of a frame. {@code HpackDecoder} gives fields
 * to a {@code HeadBlock}, which says whether they are a request; {@code StreamInput} and {@code StreamOutput} are a
 * stream's two halves. All frames of one turn of the loop leave in one write ({@code FrameWriter}); who waits for the
 * client's window takes turns ({@code OutputSchedule}). {@code Tolerance} counts what no well-meaning client does often.
 */
package proxy.core.http2;
