package home.oikos.driver;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// An image in memory.
/// @param readable how many of its bytes can be read; fewer than there are for a disk that fails
/// @param found what is read, other than what was signed for a disk that errs
public record ByteImage(String fileName, byte[] bytes, int readable, byte[] found) implements FirmwareImage {
    public ByteImage(String fileName, byte[] bytes) {
        this(fileName, bytes, bytes.length);
    }

    public ByteImage(String fileName, byte[] bytes, int readable) {
        this(fileName, bytes, readable, bytes);
    }

    public ByteImage foundAs(byte[] other) {
        return new ByteImage(fileName, bytes, readable, other);
    }

    @Override
    public long sizeBytes() {
        return bytes.length;
    }

    @Override
    public String sha256() {
        return digest("SHA-256");
    }

    @Override
    public String sha1() {
        return digest("SHA-1");
    }

    @Override
    public String md5() {
        return digest("MD5");
    }

    private String digest(String algorithm) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public InputStream open(long offset) throws IOException {
        return new ByteArrayInputStream(found, (int) offset, readable - (int) offset);
    }
}
