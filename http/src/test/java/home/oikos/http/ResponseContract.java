package home.oikos.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every carrier of a response must hold: HTTP/1.1, HTTP/2 and the exchange inside the process.
@Timeout(60)
abstract class ResponseContract {
    /// What the next requests are answered with.
    volatile Handler handler;

    abstract Answer ask(String method, String target, byte[] body) throws Exception;

    final Answer get(Handler by) throws Exception {
        handler = by;
        return ask("GET", "/path?a=1&b=x+y&a=%32", new byte[0]);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void wholeAnswerHasItsStatusHeadersAndBody() throws Exception {
        var answer = get((_, response) -> {
            response.header("X-Flavour", "mint");
            response.send(201, "text/plain", bytes("made"));
        });
        assertEquals(201, answer.status());
        assertEquals(Optional.of("mint"), answer.header().apply("x-flavour"));
        assertEquals(Optional.of("text/plain"), answer.header().apply("Content-Type"));
        assertEquals("made", answer.text());
    }

    @Test
    void largeAnswerArrivesUnchanged() throws Exception {
        var large = new byte[5 << 20];
        new Random(1).nextBytes(large);
        assertArrayEquals(large, get((_, response) -> response.send(200, "x/y", large)).body().readAllBytes());
    }

    @Test
    void parametersAreDecodedAndKeepTheirOrder() throws Exception {
        var answer = get((request, response) -> response.send(200, "text/plain", bytes(request.parameters().toString())));
        assertEquals("{a=[1, 2], b=[x y]}", answer.text());
    }

    @Test
    void largeBodyReachesTheHandler() throws Exception {
        var large = new byte[3 << 20];
        new Random(2).nextBytes(large);
        handler = (request, response) -> response.send(200, "x/y", request.body(large.length));
        assertArrayEquals(large, ask("POST", "/", large).body().readAllBytes());
    }

    @Test
    void bodyAboveTheLimitIsRefused() throws Exception {
        handler = (request, response) -> response.send(200, "x/y", request.body(9));
        assertEquals(413, ask("POST", "/", new byte[10]).status());
    }

    @Test
    void streamedAnswerIsReadWhileItIsWritten() throws Exception {
        var firstRead = new CountDownLatch(1);
        var answer = get((_, response) -> {
            try (var out = response.stream(200, "text/plain")) {
                out.write(bytes("first\n"));
                if (!firstRead.await(30, TimeUnit.SECONDS)) return;
                out.write(bytes("second\n"));
            }
        });
        var lines = answer.lines();
        assertEquals("first", lines.readLine());
        firstRead.countDown();
        assertEquals("second", lines.readLine());
        assertEquals(null, lines.readLine());
    }

    @Test
    void whatIsWrittenFromAnArrayThatIsUsedAgainArrivesAsItWas() throws Exception {
        var expected = new ByteArrayOutputStream();
        var random = new Random(4);
        var sizes = random.ints(300, 0, 70_000).toArray();
        for (int size : sizes) expected.writeBytes(filled(new byte[size], expected.size()));
        var answer = get((_, response) -> {
            var used = new byte[70_000];
            try (var out = response.stream(200, "x/y")) {
                int written = 0;
                for (int size : sizes) {
                    out.write(filled(used, written), 0, size);
                    written += size;
                }
            }
        });
        assertArrayEquals(expected.toByteArray(), answer.body().readAllBytes());
    }

    private static byte[] filled(byte[] bytes, int seed) {
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static RangedContent content(int sizeBytes, byte[] there) {
        return new RangedContent("x/y", "tag", sizeBytes, offset -> new ByteArrayInputStream(there, (int) offset, there.length));
    }

    @Test
    void headOfAStreamOfKnownLengthTellsItAndNothingElse() throws Exception {
        handler = (_, response) -> response.stream(200, "x/y", 300_000).close();
        var head = ask("HEAD", "/", new byte[0]);
        assertEquals(Optional.of("300000"), head.header().apply("Content-Length"));
        assertEquals("", head.text());
    }

    @Test
    void streamOfKnownLengthTellsIt() throws Exception {
        var large = new byte[300_000];
        new Random(3).nextBytes(large);
        var answer = get(content(large.length, large)::answer);
        assertEquals(Optional.of("300000"), answer.header().apply("Content-Length"));
        assertEquals(Optional.of("\"tag\""), answer.header().apply("ETag"));
        assertArrayEquals(large, answer.body().readAllBytes());
    }

    @Test
    void streamThatIsShorterThanToldBreaksOff() throws Exception {
        var answer = get(content(300_001, new byte[300_000])::answer);
        assertThrows(IOException.class, answer.body()::readAllBytes);
    }

    @Test
    void streamWriterWaitsForASlowReaderAndLearnsThatItHasGone() throws Exception {
        var writer = new CompletableFuture<Thread>();
        var failure = new CompletableFuture<IOException>();
        var answer = get((_, response) -> {
            writer.complete(Thread.currentThread());
            try (var out = response.stream(200, "x/y")) {
                while (true) out.write(new byte[64 << 10]);
            } catch (IOException e) {
                failure.complete(e);
            }
        });
        while (writer.get().getState() == Thread.State.RUNNABLE) Thread.onSpinWait();
        answer.body().close();
        failure.get(30, TimeUnit.SECONDS);
    }

    @Test
    void streamOfAFailingHandlerBreaksOff() throws Exception {
        var answer = get((_, response) -> {
            response.stream(200, "x/y").write(bytes("half"));
            throw new IOException("no more");
        });
        assertThrows(IOException.class, answer.body()::readAllBytes);
    }

    @Test
    void handlerThatFailsOrForgetsToAnswerMeansAnInternalError() throws Exception {
        assertEquals(500, get((_, _) -> { }).status());
        assertEquals(500, get((_, _) -> { throw new IOException("disk"); }).status());
    }

    @Test
    void overloadIsAnsweredWithTheTimeToComeBack() throws Exception {
        var answer = get((_, _) -> { throw new OverloadedException("full"); });
        assertEquals(429, answer.status());
        assertEquals(Optional.of("1"), answer.header().apply("Retry-After"));
    }

    @Test
    void secondAnswerIsRefused() throws Exception {
        var refused = new CompletableFuture<Boolean>();
        get((_, response) -> {
            response.send(200, "x/y", bytes("one"));
            refused.complete(assertThrows(IllegalStateException.class, () -> response.send(200, "x/y", bytes("two"))) != null);
        }).text();
        assertTrue(refused.get(30, TimeUnit.SECONDS));
    }
}
