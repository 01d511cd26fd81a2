package home.oikos.driver.http;

import home.oikos.http.ByteRange;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;

/// One fetch of an image, whole or in the part that was asked for, a piece at a time, no faster than the device takes it. It runs on a thread of its own:
/// a disk may be slow, and the event loop serves others.
final class Copy implements Runnable {
    private static final int PIECE_BYTES = 32 << 10;

    private final HttpServerRequest request;
    private final Handout handout;

    Copy(HttpServerRequest request, Handout handout) {
        this.request = request;
        this.handout = handout;
    }

    @Override
    public void run() {
        try {
            answer();
        } catch (IOException | ExecutionException broken) {
            // What is not whole must not look whole: the device sees that the connection broke.
            request.connection().close();
        } catch (InterruptedException stopped) {
            request.connection().close();
            Thread.currentThread().interrupt();
        } finally {
            handout.ends();
        }
    }

    private void answer() throws IOException, ExecutionException, InterruptedException {
        long size = handout.image().sizeBytes();
        var asked = request.getHeader("Range");
        var range = asked == null ? ByteRange.whole(size) : ByteRange.of(asked, size).orElse(null);
        var response = request.response().putHeader("Accept-Ranges", "bytes").putHeader("Content-Type", "application/octet-stream");
        if (range == null) {
            await(response.setStatusCode(Answer.NO_SUCH_RANGE).putHeader("Content-Range", "bytes */" + size).end());
            return;
        }
        response.setStatusCode(range.partial() ? Answer.PARTIAL : Answer.OK).putHeader("Content-Length", Long.toString(range.lengthBytes()));
        if (range.partial()) response.putHeader("Content-Range", "bytes %d-%d/%d".formatted(range.first(), range.last(), size));
        if (request.method().equals(HttpMethod.HEAD)) await(response.end());
        else copy(range);
    }

    private void copy(ByteRange range) throws IOException, ExecutionException, InterruptedException {
        var digest = sha256();
        boolean all = range.lengthBytes() == handout.image().sizeBytes();
        try (var in = handout.image().open(range.first())) {
            for (long at = range.first(); at <= range.last(); ) {
                var piece = in.readNBytes((int) Math.min(PIECE_BYTES, range.last() + 1 - at));
                if (piece.length == 0) throw new IOException("expected %d more bytes, found the end".formatted(range.last() + 1 - at));
                digest.update(piece);
                boolean last = at + piece.length > range.last();
                if (last && all) expectWhole(digest);
                if (!handout.isOpen()) throw new IOException("it is not handed out any more");
                if (last) await(request.response().end(Buffer.buffer(piece)));
                else await(request.response().write(Buffer.buffer(piece)));
                handout.sent(at, piece.length);
                at += piece.length;
            }
        }
    }

    /// A disk that has lost a bit must not reach a device that checks nothing: the last piece does not leave then.
    private void expectWhole(MessageDigest digest) throws IOException {
        var found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(handout.image().sha256())) throw new IOException("expected the bytes of " + handout.image().sha256() + ", found " + found);
    }

    private static void await(Future<Void> written) throws ExecutionException, InterruptedException {
        written.toCompletionStage().toCompletableFuture().get();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }
}
