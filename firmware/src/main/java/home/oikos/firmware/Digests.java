package home.oikos.firmware;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The digests of bytes that pass by once.
final class Digests {
    private static final int PIECE_BYTES = 64 << 10;

    private final MessageDigest sha256 = digest("SHA-256");
    private final MessageDigest sha1 = digest("SHA-1");
    private final MessageDigest md5 = digest("MD5");
    private long sizeBytes;
    private boolean brokenOff;

    /// Copies until the end, until there is one byte more than there should be, or until it has taken too long.
    void copy(InputStream in, OutputStream out, long bytesMax, BooleanSupplier tooLate) throws IOException {
        var piece = new byte[PIECE_BYTES];
        while (sizeBytes <= bytesMax) {
            brokenOff = tooLate.getAsBoolean();
            if (brokenOff) return;
            int count = in.read(piece, 0, (int) Math.min(piece.length, bytesMax + 1 - sizeBytes));
            if (count < 0) return;
            for (var digest : List.of(sha256, sha1, md5)) digest.update(piece, 0, count);
            out.write(piece, 0, count);
            sizeBytes += count;
        }
    }

    boolean isBrokenOff() {
        return brokenOff;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    String sha256() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    String sha1() {
        return HexFormat.of().formatHex(sha1.digest());
    }

    String md5() {
        return HexFormat.of().formatHex(md5.digest());
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has " + algorithm, missing);
        }
    }
}
