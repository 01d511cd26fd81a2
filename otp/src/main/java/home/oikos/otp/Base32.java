package home.oikos.otp;

import java.util.Locale;

/// Base32 of RFC 4648, without padding, as phones read secrets.
final class Base32 {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int LETTER_BITS = 5;

    private Base32() { }

    static String encode(byte[] bytes) {
        var text = new StringBuilder();
        int left = 0;
        int bits = 0;
        for (var value : bytes) {
            left = left << 8 | value & 0xff;
            for (bits += 8; bits >= LETTER_BITS; bits -= LETTER_BITS) text.append(LETTERS.charAt(left >> bits - LETTER_BITS & 31));
        }
        if (bits > 0) text.append(LETTERS.charAt(left << LETTER_BITS - bits & 31));
        return text.toString();
    }

    /// Small letters, blanks and padding are read too, as people write them.
    /// @throws IllegalArgumentException when it is none; the message does not repeat it
    static byte[] decode(String text) {
        var letters = text.replaceAll("[ \\n-]", "").replaceAll("=+$", "").toUpperCase(Locale.ROOT);
        var bytes = new byte[letters.length() * LETTER_BITS / 8];
        int left = 0;
        int bits = 0;
        int at = 0;
        for (int i = 0; i < letters.length(); i++) {
            int value = LETTERS.indexOf(letters.charAt(i));
            if (value < 0) throw new IllegalArgumentException("the secret is no base32: expected A-Z and 2-7, found another character at place " + (i + 1));
            left = left << LETTER_BITS | value;
            bits += LETTER_BITS;
            if (bits >= 8) {
                bits -= 8;
                bytes[at++] = (byte) (left >> bits);
            }
        }
        return bytes;
    }
}
