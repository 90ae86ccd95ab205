/** The service {@code welcome}: one page, for the first five minutes. */
package proxy.service.welcome;
