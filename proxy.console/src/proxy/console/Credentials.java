package proxy.console;

import java.io.IOException;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.pem.PrivateFile;

/** The one user of the console, and where the password comes from. */
final class Credentials {

	static final String USER = "admin";
	static final String VARIABLE = "GATEHOUSE_CONSOLE_PASSWORD";

	private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

	private final String given;
	private final PasswordFile file;
	private String generated;
	/** Why the generated password is not in the file, or null. */
	private String unkept;
	private String refused = "";

	/**
	 * @param given the password from the environment, or null
	 * @param file where it is kept otherwise; made when it is not there
	 */
	Credentials(String given, PasswordFile file) {
		String weakness = given == null || given.isEmpty() ? null : Password.weakness(given);
		if (weakness != null) {
			LOG.atError().log("console: the password in {} is not used: it {}", VARIABLE, weakness);
		}
		this.given = given == null || given.isEmpty() || weakness != null ? null : given;
		this.file = file;
		if (this.given == null) {
			makeSure();
		}
	}

	private void makeSure() {
		String before = unkept;
		try {
			if (file.read() == null) {
				generated = generated == null ? Password.generate(new SecureRandom()) : generated;
				file.write(generated);
			}
			unkept = null;
		} catch (IOException e) {
			generated = generated == null ? Password.generate(new SecureRandom()) : generated;
			unkept = PrivateFile.reason(e);
			if (!unkept.equals(before)) {
				LOG.atError().addKeyValue("file", file.path()).addKeyValue("reason", unkept)
						.log("console: cannot keep the password in {}: {}; it is tried again when somebody logs in", file.path(), unkept);
			}
		}
	}

	boolean match(String user, String password) {
		String expected = expected();
		boolean samePassword = Password.equal(password, expected == null ? "" : expected);
		return Password.equal(user, USER) & samePassword & expected != null;
	}

	private synchronized String expected() {
		if (given != null) {
			return given;
		}
		if (unkept != null) {
			makeSure();
		}
		String password;
		try {
			password = file.read();
		} catch (IOException e) {
			LOG.atError().addKeyValue("file", file.path()).setCause(e).log("console: cannot read the password");
			return generated;
		}
		if (password == null) {
			return generated;
		}
		String weakness = Password.weakness(password);
		if (weakness != null && !password.equals(refused)) {
			LOG.atError().addKeyValue("file", file.path()).log("console: nobody can log in, because the password {}", weakness);
			refused = password;
		}
		return weakness == null ? password : null;
	}

	/** For the start screen. Only a terminal may see a password: what goes elsewhere is kept in logs. */
	synchronized String hint(boolean terminal) {
		if (given != null) {
			return "user " + USER + ", password from " + VARIABLE;
		}
		if (unkept != null) {
			return "user " + USER + (terminal ? ", password " + generated + "  (" : ", nobody knows the password  (it ")
					+ "cannot be kept in " + file.path() + ": " + unkept + ")";
		}
		if (generated != null && terminal) {
			return "user " + USER + ", password " + generated + "  (kept in " + file.path() + ")";
		}
		return "user " + USER + ", password in " + file.path();
	}
}
