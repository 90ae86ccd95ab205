package proxy.captcha;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import proxy.api.http.HttpAction;
import proxy.api.http.HttpExchange;
import proxy.api.http.HttpRule;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Reloadable;

/** {@code captcha}: clients that have passed go on, the others get the page. What is configured wrong is reported and changes nothing. */
@Component(configurationPid = "proxy.captcha", property = HttpAction.ACTION + "=" + CaptchaAction.WORD, immediate = true)
@Designate(ocd = CaptchaConfig.class)
public final class CaptchaAction implements HttpAction, Reloadable {

	static final String WORD = "captcha";
	private static final String KEY_FILE = "captcha_jwks.json";

	private final GatewayRuntime runtime;
	private final Path standardKeyFile;
	private final KeyWatch keys;
	private final Tickets tickets;
	private final Endpoints endpoints;
	private final Pages pages = new Pages();
	private volatile Settings settings;
	private String refused;
	/** Rules that ask for captchas: without one, nobody needs keys. */
	private int rules;

	@Activate
	public CaptchaAction(BundleContext context, @Reference GatewayRuntime runtime, CaptchaConfig config) {
		this(standardKeyFile(context.getProperty("gatehouse.tls"), context.getProperty("gatehouse.data")), runtime, config, InstantSource.system());
	}

	CaptchaAction(Path standardKeyFile, GatewayRuntime runtime, CaptchaConfig config, InstantSource clock) {
		this.runtime = runtime;
		this.standardKeyFile = standardKeyFile;
		keys = new KeyWatch(runtime);
		tickets = new Tickets(keys, clock);
		endpoints = new Endpoints(() -> settings, tickets);
		change(config);
	}

	/** Beside the folder of certificates, where Pingoo has it; where that is not to be written and has none, in the data folder. */
	static Path standardKeyFile(String certificates, String data) {
		Path own = Path.of(data == null ? "." : data).resolve(KEY_FILE).toAbsolutePath();
		if (certificates == null) {
			return own;
		}
		Path folder = Path.of(certificates).toAbsolutePath().getParent();
		Path beside = folder.resolve(KEY_FILE);
		return data == null || Files.exists(beside) || Files.isWritable(folder) ? beside : own;
	}

	@Modified
	synchronized void change(CaptchaConfig config) {
		if (refused != null) {
			runtime.clear(refused);
			refused = null;
		}
		try {
			settings = Settings.of(config, standardKeyFile);
		} catch (Settings.Refused wrong) {
			runtime.report(wrong.problem());
			refused = wrong.problem().setting();
			settings = settings == null ? Settings.standard(standardKeyFile) : settings;
		}
		if (rules > 0) {
			keys.watch(settings.keyFile());
		}
	}

	@Reference(target = "(actions=" + WORD + ")", cardinality = MULTIPLE, policy = DYNAMIC)
	synchronized void addRule(HttpRule asking) {
		rules++;
		keys.watch(settings.keyFile());
	}

	synchronized void removeRule(HttpRule asking) {
		if (--rules == 0) {
			keys.rest();
		}
	}

	@Override
	public void reload() {
		keys.lookSoon();
	}

	@Deactivate
	void stop() {
		keys.stop();
		runtime.clear("captcha");
	}

	@Override
	public Outcome apply(HttpExchange exchange) {
		if (keys.keys() == null) {
			// asked by a rule that does not say so in its service properties
			keys.watch(settings.keyFile());
		}
		String path = exchange.facts().path();
		if (path.startsWith(Endpoints.ROOT)) {
			endpoints.answer(exchange, path);
			return Outcome.ANSWERED;
		}
		if (tickets.isVerified(exchange)) {
			return Outcome.CONTINUE;
		}
		pages.show(exchange);
		return Outcome.ANSWERED;
	}
}
