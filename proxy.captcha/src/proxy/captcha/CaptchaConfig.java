package proxy.captcha;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
		name = "Gatehouse: Captcha",
		description = "What the action captcha asks of a visitor's browser before a request goes on.")
@interface CaptchaConfig {

	int DIFFICULTY = 5;
	int CHALLENGE_MINUTES = 10;
	int VERIFIED_HOURS = 24;

	@AttributeDefinition(
			name = "Difficulty",
			description = "Hexadecimal zeros that the browser has to find, each of them sixteen times the work; 5 are about a second"
					+ " on a phone.",
			min = "1",
			max = "8")
	int difficulty() default DIFFICULTY;

	@AttributeDefinition(
			name = "Challenge (minutes)",
			description = "How long a visitor may take from the start of the calculation to its end.",
			min = "2",
			max = "1440")
	int challenge_minutes() default CHALLENGE_MINUTES;

	@AttributeDefinition(
			name = "Verified (hours)",
			description = "How long a visitor is not asked again.",
			min = "1",
			max = "8760")
	int verified_hours() default VERIFIED_HOURS;

	@AttributeDefinition(
			name = "Key file",
			required = false,
			description = "JSON Web Key Set with the Ed25519 keys that sign the cookies: the first one signs, all verify. When empty,"
					+ " captcha_jwks.json beside the folder of certificates, made if it is missing; in the data folder where that"
					+ " place has none and may not be written.")
	String key_file() default "";
}
