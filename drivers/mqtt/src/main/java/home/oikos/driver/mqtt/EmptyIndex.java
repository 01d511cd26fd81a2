package home.oikos.driver.mqtt;

import home.oikos.base.Sha256;
import home.oikos.driver.FirmwareImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A list of images in which there is none. A bridge that is asked whether it has an image for a device asks the device what it runs, and needs no
/// internet with this list.
record EmptyIndex() implements FirmwareImage {
    private static final byte[] BYTES = "[]".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String fileName() {
        return "none.json";
    }

    @Override
    public long sizeBytes() {
        return BYTES.length;
    }

    @Override
    public String sha256() {
        return Sha256.hex(BYTES);
    }

    @Override
    public String sha1() {
        throw new UnsupportedOperationException("nobody checks an index by SHA-1");
    }

    @Override
    public String md5() {
        throw new UnsupportedOperationException("nobody checks an index by MD5");
    }

    @Override
    public InputStream open(long offset) {
        return new ByteArrayInputStream(BYTES, (int) offset, BYTES.length - (int) offset);
    }
}
