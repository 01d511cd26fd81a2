package home.oikos.broker;

import java.security.SecureRandom;
import java.util.Base64;

/// A user of the broker and its password. Not printed: the record's text hides the password.
public record Credentials(String user, String password) {
    /// 24 bytes are 192 bits, 32 characters that survive any quoting.
    private static final int PASSWORD_BYTES = 24;

    public static Credentials random(String user, SecureRandom random) {
        var bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return new Credentials(user, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
