/**
 * Connections of TCP listeners. A connection asks the routes of its listener once; a route that asks for the server name of
 * a connection whose TLS is not ended here has the ClientHello waited for, and put back for whoever reads next.
 */
package proxy.core.tcp;
