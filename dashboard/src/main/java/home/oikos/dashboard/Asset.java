package home.oikos.dashboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// One file of the page, as it is and compressed. The arrays are shared and never changed.
record Asset(String contentType, byte[] plain, byte[] compressed) {
    static Asset of(String name, byte[] plain) {
        return new Asset(contentType(name), plain, compress(plain));
    }

    String tag() {
        return '"' + Digest.of(plain).start(16) + '"';
    }

    private static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "webmanifest" -> "application/manifest+json";
            default -> throw new IllegalArgumentException("no content type is known for " + name);
        };
    }

    private static byte[] compress(byte[] plain) {
        var compressed = new ByteArrayOutputStream(plain.length / 2);
        try (var gzip = new SmallestGzip(compressed)) {
            gzip.write(plain);
        } catch (IOException memoryRefused) {
            throw new UncheckedIOException(memoryRefused);
        }
        return compressed.toByteArray();
    }

    private static final class SmallestGzip extends GZIPOutputStream {
        SmallestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
