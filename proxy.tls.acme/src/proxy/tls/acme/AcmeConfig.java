package proxy.tls.acme;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
		name = "Gatehouse: ACME certificates",
		description = "Obtains certificates from a certificate authority (Let's Encrypt by default) and renews them. No restart is"
				+ " needed for any of it.")
@interface AcmeConfig {

	String LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org/directory";

	@AttributeDefinition(
			name = "Domains",
			required = false,
			description = "Host names to obtain certificates for, one certificate each; they must lead to this gateway.")
	String[] domains() default {};

	@AttributeDefinition(
			name = "Directory URL",
			required = false,
			description = "Address of the authority's ACME directory; Let's Encrypt by default.")
	String directory_url() default LETS_ENCRYPT;

	@AttributeDefinition(
			name = "CA file",
			required = false,
			description = "PEM file with the root certificates to trust on the connection to a private authority; empty for the roots"
					+ " that Java trusts.")
	String ca_file() default "";

	@AttributeDefinition(
			name = "Contact",
			required = false,
			description = "Mail addresses that the authority may write to, used when the account is created; may be empty.")
	String[] contact() default {};

	@AttributeDefinition(
			name = "Key identifier of the external account",
			required = false,
			description = "What the authority calls its customer, for authorities that want the account bound to one; with"
					+ " eab_hmac_key_file. Another one here makes another account.")
	String eab_key_id() default "";

	@AttributeDefinition(
			name = "MAC key file of the external account",
			required = false,
			description = "File with the secret that belongs to eab_key_id, in base64url as the authority gives it; read when the"
					+ " account is made.")
	String eab_hmac_key_file() default "";

	@AttributeDefinition(
			name = "Profile",
			required = false,
			description = "Which of the authority's kinds of certificates to order, such as shortlived; empty for its usual one. What"
					+ " there is already stays until it is renewed.")
	String profile() default "";

	@AttributeDefinition(
			name = "Key type",
			description = "Kind of key of new certificates: ECDSA is faster, RSA is for very old clients.",
			options = {@Option(label = "ECDSA P-256", value = "ecdsa"), @Option(label = "RSA 2048", value = "rsa")})
	String key_type() default "ecdsa";

	@AttributeDefinition(
			name = "Challenge",
			description = "How the authority checks that a domain is ours: over TLS (port 443), plain HTTP (port 80), or automatically.",
			options = {
				@Option(label = "automatic: TLS first", value = "auto"),
				@Option(label = "tls-alpn-01 (port 443)", value = "tls-alpn-01"),
				@Option(label = "http-01 (port 80)", value = "http-01")
			})
	String challenge() default "auto";

	@AttributeDefinition(
			name = "Renew before (days)",
			description = "Days before its end at which a certificate is renewed, at most half of its life; 0 for a third of its life,"
					+ " half for less than ten days, or when the authority says so.",
			min = "0")
	int renew_before_days() default 0;

	@AttributeDefinition(
			name = "Default domain",
			required = false,
			description = "One of the domains, whose certificate clients get that name no host; empty for the default certificate.")
	String default_domain() default "";
}
