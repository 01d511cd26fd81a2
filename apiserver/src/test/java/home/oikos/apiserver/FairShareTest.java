package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.*;

import home.oikos.http.Filter;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalExchange;
import home.oikos.http.LocalRequest;
import home.oikos.http.OverloadedException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class FairShareTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch inside = new CountDownLatch(2);
    private final Filter refusing = (_, response, next) -> {
        try {
            next.handle(null, response);
        } catch (OverloadedException e) {
            response.send(429, "text/plain", new byte[0]);
        }
    };
    private final FairShare shares = new FairShare(_ -> new FairShare.Limits(2, 0));
    private final LocalExchange exchange = new LocalExchange(Filter.chain(List.of((request, response, next) -> refusing.apply(request,
            response,
            (_, _) -> next.handle(request, response)), shares), (request, response) -> {
                if (request.path().equals("/slow")) {
                    inside.countDown();
                    release.await();
                }
                response.send(200, "text/plain", new byte[0]);
            }));

    private int status(String user, String path) throws IOException {
        var request = LocalRequest.of("GET", path);
        request.attribute(User.class, User.of(user));
        return ((LocalAnswer.Whole) exchange.call(request)).status();
    }

    @Test
    void whoHasItsShareWaitsWhileOthersAreServed() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = List.of(threads.submit(() -> status("ann", "/slow")), threads.submit(() -> status("ann", "/slow")));
            inside.await();
            assertEquals(429, status("ann", "/quick"));
            assertEquals(200, status("ben", "/quick"), "another user is not hurt");
            release.countDown();
            for (var each : slow) assertEquals(200, each.get());
            // A place is given back when the handler has returned, which is a moment after its answer.
            while (status("ann", "/quick") != 200) Thread.onSpinWait();
        }
    }

    @Test
    void shareIsThreeQuartersOfWhatTheListenerLetsIn() {
        assertEquals(new FairShare.Limits(home.oikos.http.Limits.DEFAULT.requestsMax() * 3 / 4,
                home.oikos.http.Limits.DEFAULT.watchesMax() * 3 / 4), FairShare.Limits.KNOWN);
    }
}
