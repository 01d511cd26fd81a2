package home.oikos.cri;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 digests as images name their parts.
final class Digests {
    private Digests() { }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    static String of(byte[] bytes) {
        var digest = sha256();
        digest.update(bytes);
        return text(digest);
    }

    static String text(MessageDigest finished) {
        return "sha256:" + HexFormat.of().formatHex(finished.digest());
    }
}
