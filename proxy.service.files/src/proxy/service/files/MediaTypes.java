package proxy.service.files;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which media type a file has, by the extension of its name. Immutable. */
final class MediaTypes {

	private static final String UNKNOWN = "application/octet-stream";

	private static final Map<String, String> KNOWN = table("""
			text/html html htm
			text/css css
			text/javascript js mjs
			text/plain txt text log conf ini
			text/markdown md markdown
			text/csv csv
			text/tab-separated-values tsv
			text/calendar ics
			text/vcard vcf
			text/vtt vtt
			text/x-component htc
			application/json json map geojson topojson
			application/ld+json jsonld
			application/manifest+json webmanifest
			application/x-ndjson ndjson
			application/xml xml xsl xsd
			application/xhtml+xml xhtml xht
			application/atom+xml atom
			application/rss+xml rss
			application/yaml yaml yml
			application/toml toml
			application/sql sql
			application/rtf rtf
			application/wasm wasm
			application/pdf pdf
			application/postscript ps eps ai
			application/zip zip
			application/gzip gz tgz
			application/zstd zst
			application/x-brotli br
			application/x-bzip2 bz2
			application/x-xz xz
			application/x-tar tar
			application/x-7z-compressed 7z
			application/vnd.rar rar
			application/java-archive jar war
			application/vnd.debian.binary-package deb
			application/x-rpm rpm
			application/x-iso9660-image iso
			application/x-bittorrent torrent
			application/epub+zip epub
			application/msword doc
			application/vnd.ms-excel xls
			application/vnd.ms-powerpoint ppt
			application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
			application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
			application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
			application/vnd.oasis.opendocument.text odt
			application/vnd.oasis.opendocument.spreadsheet ods
			application/vnd.oasis.opendocument.presentation odp
			application/vnd.apple.mpegurl m3u8
			application/dash+xml mpd
			application/vnd.ms-fontobject eot
			application/pgp-signature asc sig
			application/x-x509-ca-cert der pem crt
			image/svg+xml svg
			image/png png
			image/apng apng
			image/jpeg jpg jpeg jfif
			image/gif gif
			image/webp webp
			image/avif avif
			image/heic heic
			image/jxl jxl
			image/bmp bmp
			image/tiff tif tiff
			image/vnd.microsoft.icon ico cur
			font/woff woff
			font/woff2 woff2
			font/ttf ttf
			font/otf otf
			font/collection ttc
			audio/mpeg mp3
			audio/mp4 m4a
			audio/aac aac
			audio/ogg oga ogg opus
			audio/flac flac
			audio/wav wav
			audio/webm weba
			audio/midi mid midi
			video/mp4 mp4 m4v
			video/mpeg mpeg mpg
			video/webm webm
			video/ogg ogv
			video/quicktime mov
			video/x-msvideo avi
			video/x-matroska mkv
			video/mp2t ts
			video/3gpp 3gp
			model/gltf-binary glb
			model/gltf+json gltf
			""");

	private final Map<String, String> types;
	private final String charset;

	private MediaTypes(Map<String, String> types, String charset) {
		this.types = types;
		this.charset = charset.isEmpty() ? "" : "; charset=" + charset;
	}

	/**
	 * @param more such as {@code glb=model/gltf-binary}
	 * @param charset of text, "" to say nothing
	 */
	static MediaTypes with(List<String> more, String charset) {
		Map<String, String> types = new HashMap<>(KNOWN);
		for (String line : more) {
			String[] parts = line.split("=", 2);
			if (parts.length < 2 || !parts[1].strip().matches("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+( *;[ -~]*)?")) {
				throw new IllegalArgumentException("'" + line + "' is not like glb=model/gltf-binary");
			}
			types.put(parts[0].strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""), parts[1].strip());
		}
		return new MediaTypes(types, charset);
	}

	/** The value of Content-Type. */
	String of(String fileName) {
		int dot = fileName.lastIndexOf('.');
		String type = dot < 0 ? UNKNOWN : types.getOrDefault(fileName.substring(dot + 1).toLowerCase(Locale.ROOT), UNKNOWN);
		return type.startsWith("text/") && type.indexOf(';') < 0 ? type + charset : type;
	}

	/** Whether content of the type becomes a good deal smaller when it is compressed. */
	static boolean compressible(String contentType) {
		String type = contentType.replaceFirst(" *;.*", "");
		return switch (type) {
			case "application/json", "application/x-ndjson", "application/xml", "application/yaml", "application/toml", "application/sql",
					"application/rtf", "application/wasm", "application/postscript", "application/vnd.ms-fontobject",
					"application/vnd.apple.mpegurl", "font/ttf", "font/otf", "font/collection", "image/bmp", "image/vnd.microsoft.icon",
					"audio/wav", "audio/midi" -> true;
			default -> type.startsWith("text/") || type.endsWith("+xml") || type.endsWith("+json");
		};
	}

	private static Map<String, String> table(String lines) {
		Map<String, String> types = new HashMap<>();
		lines.lines().forEach(line -> {
			String[] words = line.split(" ");
			for (int i = 1; i < words.length; i++) {
				types.put(words[i], words[0]);
			}
		});
		return Map.copyOf(types);
	}
}
