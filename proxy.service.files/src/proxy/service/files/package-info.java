/**
 * The service {@code static}. {@code StaticService} is what is configured, {@code Site} what that means: which file a path
 * leads to. {@code SiteExchange} answers one request on its event loop and has the threads of {@code Disk} do whatever
 * touches the file system: find and read ({@code Finder}), or hand a large file on chunk by chunk ({@code Transfer}).
 * What was found stays in {@code FileCache} and is believed for a moment, then looked at again.
 */
package proxy.service.files;
