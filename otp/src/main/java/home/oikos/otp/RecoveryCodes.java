package home.oikos.otp;

import home.oikos.base.Sha256;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Codes on paper for when the phone is lost, each good once. 79 bits: their plain hash may lie beside the secret.
final class RecoveryCodes {
    static final int COUNT = 8;
    private static final int LETTERS_IN_CODE = 16;
    private static final int LETTERS_IN_GROUP = 4;
    /// Nobody mistakes one for another: no i, l, o, 0, 1.
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private RecoveryCodes() { }

    static List<String> make(SecureRandom random) {
        var codes = new ArrayList<String>();
        for (int i = 0; i < COUNT; i++) codes.add(one(random));
        return codes;
    }

    private static String one(SecureRandom random) {
        var code = new StringBuilder();
        for (int i = 0; i < LETTERS_IN_CODE; i++) {
            if (i > 0 && i % LETTERS_IN_GROUP == 0) code.append('-');
            code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return code.toString();
    }

    static String hash(String code) {
        return Sha256.hex(code.replaceAll("[ -]", "").toLowerCase(Locale.ROOT));
    }

    /// @return its place among the hashes, or -1
    static int place(List<String> hashes, String code) {
        return hashes.indexOf(hash(code));
    }
}
