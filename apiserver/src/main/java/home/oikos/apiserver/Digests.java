package home.oikos.apiserver;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Hashes that name a content.
final class Digests {
    private Digests() { }

    static byte[] sha256(String text) {
        return sha256(ObjectBytes.utf8(text));
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
