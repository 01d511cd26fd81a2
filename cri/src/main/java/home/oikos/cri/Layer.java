package home.oikos.cri;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.zip.GZIPOutputStream;

/// One layer of an image, compressed, in a file of its own or in memory.
/// @param diffDigest of the tar, what the image's configuration names
/// @param digest of the compressed bytes, what its manifest names
record Layer(String diffDigest, String digest, long size, Content content) {
    static final String MEDIA_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// Writes the compressed bytes somewhere.
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /// Writes a tar.
    interface Tar {
        void writeTo(OutputStream out) throws IOException;
    }

    static Layer of(byte[] tar) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(tar);
        }
        var bytes = compressed.toByteArray();
        return new Layer(Digests.of(tar), Digests.of(bytes), bytes.length, out -> out.write(bytes));
    }

    /// Writes a layer through to a file, never holding it in memory.
    static Layer into(Path file, Tar tar) throws IOException {
        var plain = Digests.sha256();
        var packed = Digests.sha256();
        try (var out = new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), packed);
             var gzip = new DigestOutputStream(new GZIPOutputStream(out, 64 << 10), plain)) {
            tar.writeTo(gzip);
        }
        return new Layer(Digests.text(plain), Digests.text(packed), Files.size(file), out -> Files.copy(file, out));
    }
}
