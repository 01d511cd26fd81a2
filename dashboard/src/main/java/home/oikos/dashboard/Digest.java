package home.oikos.dashboard;

import home.oikos.base.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// SHA-256 of what is secret: only that is kept. The secrets are random and long, so no salt and no stretching is needed.
record Digest(String hex) {
    static Digest of(String secret) {
        return new Digest(Sha256.hex(secret));
    }

    static Digest of(byte[] bytes) {
        return new Digest(Sha256.hex(bytes));
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
