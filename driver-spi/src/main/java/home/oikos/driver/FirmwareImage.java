package home.oikos.driver;

import java.io.IOException;
import java.io.InputStream;

/// The bytes of an image, which are those that were signed. Any thread may read them, several at once.
public interface FirmwareImage {
    /// A name for it as a file, with letters, digits, dots and dashes only.
    String fileName();

    long sizeBytes();

    /// In hexadecimal, like the other digests. Real devices know old ones only.
    String sha256();

    String sha1();

    String md5();

    /// The bytes from an offset on.
    InputStream open(long offset) throws IOException;
}
