package home.oikos.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Compression of large answers, as kube-apiserver does it.
final class Gzip {
    /// Below this the time costs more than the bytes save; kube-apiserver's threshold.
    static final int BODY_BYTES_MIN = 128 << 10;

    private Gzip() { }

    static boolean accepts(List<String> acceptEncodings) {
        return acceptEncodings.stream().flatMap(line -> Arrays.stream(line.split(","))).map(String::strip)
                .anyMatch(coding -> coding.equals("gzip") || coding.startsWith("gzip;") && !coding.matches("gzip;\\s*q=0(\\.0*)?"));
    }

    static byte[] compress(byte[] body) {
        var compressed = new ByteArrayOutputStream(body.length / 8);
        try (var gzip = new FastGzip(compressed)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("memory refused bytes", e);
        }
        return compressed.toByteArray();
    }

    /// JSON of Kubernetes shrinks tenfold at the fastest level already.
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, 64 << 10);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
