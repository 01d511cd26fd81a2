package home.oikos.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Bytes that can be read from anywhere, answered whole or in the part that was asked for, so that a download that broke off goes on where it was.
///
/// @param etag names these very bytes; without quotes
/// @param source where they are read
public record RangedContent(String contentType, String etag, long sizeBytes, Source source) {
    /// Opens the bytes from an offset on.
    @FunctionalInterface
    public interface Source {
        InputStream open(long offset) throws IOException;
    }

    /// Answers a GET or HEAD by its Range, If-Range and If-None-Match.
    /// @throws IOException when the client has gone, or fewer bytes are there than there should be
    public void answer(Request request, Response response) throws IOException {
        response.header("ETag", quoted());
        response.header("Accept-Ranges", "bytes");
        if (names(request.headers("If-None-Match"))) {
            response.send(304, "", new byte[0]);
            return;
        }
        var range = wanted(request);
        if (range.isPresent()) {
            send(range.get(), response, request.method().equals("HEAD"));
            return;
        }
        response.header("Content-Range", "bytes */" + sizeBytes);
        response.send(416, "text/plain", "expected a range within %d bytes".formatted(sizeBytes).getBytes(StandardCharsets.US_ASCII));
    }

    private Optional<ByteRange> wanted(Request request) {
        boolean same = request.header("If-Range").filter(known -> !known.equals(quoted())).isEmpty();
        var asked = request.header("Range").filter(_ -> same);
        return asked.isEmpty() ? Optional.of(ByteRange.whole(sizeBytes)) : ByteRange.of(asked.get(), sizeBytes);
    }

    /// Closes the answer only when it is whole: one that is left open is broken off.
    private void send(ByteRange range, Response response, boolean headAlone) throws IOException {
        if (range.partial()) response.header("Content-Range", "bytes %d-%d/%d".formatted(range.first(), range.last(), sizeBytes));
        if (headAlone) {
            response.stream(range.partial() ? 206 : 200, contentType, range.lengthBytes()).close();
            return;
        }
        try (var in = source.open(range.first())) {
            var out = response.stream(range.partial() ? 206 : 200, contentType, range.lengthBytes());
            copy(in, out, range.lengthBytes());
            out.close();
        }
    }

    private void copy(InputStream in, OutputStream out, long lengthBytes) throws IOException {
        var piece = new byte[Buffers.BUFFER_BYTES];
        for (long left = lengthBytes; left > 0; ) {
            int count = in.read(piece, 0, (int) Math.min(piece.length, left));
            if (count < 0) throw new IOException("expected %d more bytes of %s, found the end".formatted(left, etag));
            out.write(piece, 0, count);
            left -= count;
        }
    }

    private boolean names(List<String> headers) {
        return headers.stream().flatMap(line -> Arrays.stream(line.split(","))).map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(quoted()) || tag.equals("W/" + quoted()));
    }

    private String quoted() {
        return '"' + etag + '"';
    }
}
