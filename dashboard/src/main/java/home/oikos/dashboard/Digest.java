package home.oikos.dashboard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of what is secret: only that is kept. The secrets are random and long, so no salt and no stretching is needed.
record Digest(String hex) {
    static Digest of(String secret) {
        return of(secret.getBytes(StandardCharsets.UTF_8));
    }

    static Digest of(byte[] bytes) {
        try {
            return new Digest(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /// In a time that does not depend on where they differ.
    boolean isSameAs(Digest other) {
        return MessageDigest.isEqual(hex.getBytes(StandardCharsets.US_ASCII), other.hex.getBytes(StandardCharsets.US_ASCII));
    }

    /// The first hex digits, for names.
    String start(int digits) {
        return hex.substring(0, digits);
    }
}
