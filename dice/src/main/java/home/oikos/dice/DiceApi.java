package home.oikos.dice;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;

/// What does not belong into an EntropySource's status: GET of its subresources `reading` (counts and rates), `samples` (`?count=N` raw samples, a
/// byte each; none of them is used for anything else) and `random` (`?bytes=N` of the home's random numbers, for pods: each user gets so much a
/// second and no more). The caller has authenticated and authorised, and put the source's [ObjectKey] among the request's attributes; an
/// `IllegalArgumentException` is a bad request in words. For many threads.
public final class DiceApi {
    static final int SAMPLES_DEFAULT = 4_096;
    static final int SAMPLES_MAX = 1 << 18;
    private static final Duration SAMPLES_WAIT = Duration.ofSeconds(20);
    static final int RANDOM_BYTES_MAX = 4_096;
    /// A pod that wants more has its own /dev/urandom; this is for seeds.
    private static final int RANDOM_BYTES_PER_SECOND = 1_024;
    private static final int RANDOM_BYTES_BURST = 16_384;

    private final Feeds feeds;
    private final HomeRandom random;
    private final TokenBucket bucket;
    private final Function<Request, String> user;

    DiceApi(Feeds feeds, HomeRandom random, Function<Request, String> user, Clock clock) {
        this.feeds = feeds;
        this.random = random;
        this.user = user;
        this.bucket = new TokenBucket(RANDOM_BYTES_PER_SECOND, RANDOM_BYTES_BURST, clock);
    }

    public void reading(Request request, Response response) {
        var running = running(request);
        var pipeline = running.feed().pipeline();
        var reading = pipeline.reading();
        var histogram = new JsonArray(Arrays.stream(reading.histogram()).<Json>mapToObj(Json::of).toList());
        response.send(200, "application/json", JsonObject.of("kind", "EntropySourceReading", "apiVersion", "gateway.oikos.home/v1alpha1",
                "state", pipeline.state().word(), "sampleBits", running.source().claim().sampleBits(), "samples", reading.samples(),
                "samplesPerSecond", Math.round(reading.samplesPerSecond()), "entropyBitsPerSecond", Math.round(reading.entropyBitsPerSecond()),
                "histogram", histogram, "reseeds", random.mixed()).bytes());
    }

    public void samples(Request request, Response response) throws InterruptedException {
        int count = number(request, "count", SAMPLES_DEFAULT, SAMPLES_MAX);
        var running = running(request);
        response.send(200, "application/octet-stream", samples(running.feed(), count));
    }

    private static byte[] samples(Feed feed, int count) throws InterruptedException {
        try {
            var capture = feed.pipeline().capture(count);
            try {
                feed.hurry();
                return capture.await(SAMPLES_WAIT);
            } finally {
                feed.pipeline().abandon(capture);
            }
        } catch (IllegalStateException none) {
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "%s", none.getMessage());
        }
    }

    public void random(Request request, Response response) {
        int bytes = number(request, "bytes", 32, RANDOM_BYTES_MAX);
        var running = running(request);
        var wait = bucket.take(user.apply(request), bytes);
        if (wait.isPositive()) {
            response.header("Retry-After", String.valueOf(wait.toSeconds() + 1));
            throw new ApiException(Reason.TOO_MANY_REQUESTS, "%d bytes a second are given to each; ask again in %d s",
                    RANDOM_BYTES_PER_SECOND, wait.toSeconds() + 1);
        }
        var given = new byte[bytes];
        random.nextBytes(given);
        response.header("Oikos-Entropy-State", running.feed().pipeline().state().word());
        response.send(200, "application/octet-stream", given);
    }

    private Feeds.Running running(Request request) {
        var key = request.attribute(ObjectKey.class);
        return feeds.find(key).orElseThrow(() -> new ApiException(Reason.NOT_FOUND,
                "there is no EntropySource %s, or what it asks for cannot be", key));
    }

    private static int number(Request request, String name, int usual, int most) {
        var asked = request.parameter(name).orElse(String.valueOf(usual));
        int number = asked.matches("\\d{1,9}") ? Integer.parseInt(asked) : 0;
        if (number < 1 || number > most) {
            throw new IllegalArgumentException("%s: expected 1 to %d, found %s".formatted(name, most, asked.substring(0, Math.min(20, asked.length()))));
        }
        return number;
    }
}
