package proxy.geoip;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
		name = "Gatehouse: Geo-IP",
		description = "Country and autonomous system of clients, for client.country and client.asn in expressions and for what upstreams"
				+ " are told. A database that is replaced is in force within two seconds.")
@interface GeoipConfig {

	@AttributeDefinition(
			name = "Files",
			required = false,
			description = "Databases in the MaxMind DB format, .mmdb or packed .mmdb.zst; the first that knows the country, or the"
					+ " autonomous system, counts. When empty, the first there is of /etc/pingoo/geoip.mmdb, /etc/pingoo/geoip.mmdb.zst,"
					+ " /usr/share/pingoo/geoip.mmdb and /usr/share/pingoo/geoip.mmdb.zst.")
	String[] files() default {};
}
