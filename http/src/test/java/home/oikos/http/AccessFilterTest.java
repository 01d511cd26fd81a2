package home.oikos.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AccessFilterTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private void ask(Handler handler) throws IOException {
        var filter = new AccessFilter(nanos::get, (request, status, took) -> seen.add(request.method() + " " + status + " " + took.toMillis()));
        new LocalExchange(Filter.chain(List.of(filter), handler)).call(LocalRequest.of("GET", "/"));
    }

    @Test
    void everyAnswerIsToldWithItsStatusAndTime() throws Exception {
        ask((_, response) -> {
            nanos.addAndGet(5_000_000);
            response.send(404, "text/plain", new byte[0]);
        });
        while (seen.isEmpty()) Thread.onSpinWait();
        assertEquals(List.of("GET 404 5"), seen);
    }

    @Test
    void failuresAreToldWithWhatTheServerAnswers() throws Exception {
        ask((_, _) -> { throw new OverloadedException("full"); });
        ask((_, _) -> { throw new IOException("disk"); });
        assertEquals(List.of("GET 429 0", "GET 500 0"), seen);
    }
}
