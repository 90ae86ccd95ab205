/**
 * The event loops: selector threads, sockets, TLS and time limits.
 *
 * <p>A {@code Loop} owns its connections alone: a {@code Wire} is the raw socket, {@code PlainTransport} and
 * {@code TlsTransport}, once its {@code Handshake} is over, are the byte streams that protocols see. An interest in an
 * event is set only when it changes, so a request on a standing connection costs two reads, two writes and a share of one
 * {@code epoll_wait}. A connection that is idle holds no buffer: input is read into the loop's scratch, and only what is
 * left over is kept.
 */
package proxy.core.loop;
