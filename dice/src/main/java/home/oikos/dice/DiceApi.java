package home.oikos.dice;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// `gateway.oikos.home` entropysources/{reading,samples,random}: what does not belong into a status. The API server has authenticated and authorised.
///
/// `GET .../reading` counts, `GET .../samples?count=N` raw samples (a byte each; none of them is used for anything else),
/// `GET .../random?bytes=N` the home's random numbers, for pods. Each user gets so much a second and no more.
public final class DiceApi {
    public static final List<String> SUBRESOURCES = List.of("reading", "samples", "random");
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

    public void handle(Request request, Response response, ObjectKey key, String subresource) throws InterruptedException {
        var running = feeds.find(key);
        if (!request.method().equals("GET")) fail(response, 405, "MethodNotAllowed", "an EntropySource's " + subresource + " is read with GET");
        else if (running.isEmpty()) fail(response, 404, "NotFound", "there is no EntropySource " + key + ", or what it asks for cannot be");
        else answer(request, response, running.get(), subresource);
    }

    private void answer(Request request, Response response, Feeds.Running running, String subresource) throws InterruptedException {
        try {
            switch (subresource) {
                case "reading" -> response.send(200, "application/json", reading(running).bytes());
                case "samples" -> samples(response, running, number(request, "count", SAMPLES_DEFAULT, SAMPLES_MAX));
                case "random" -> random(response, user.apply(request), running, number(request, "bytes", 32, RANDOM_BYTES_MAX));
                default -> fail(response, 404, "NotFound", "entropysources have " + String.join(", ", SUBRESOURCES));
            }
        } catch (IllegalArgumentException wrong) {
            fail(response, 400, "BadRequest", wrong.getMessage());
        }
    }

    private static int number(Request request, String name, int usual, int most) {
        var asked = request.parameter(name).orElse(String.valueOf(usual));
        int number = asked.matches("\\d{1,9}") ? Integer.parseInt(asked) : 0;
        if (number < 1 || number > most) throw new IllegalArgumentException("%s: expected 1 to %d, found %s".formatted(name, most,
                asked.substring(0, Math.min(20, asked.length()))));
        return number;
    }

    private JsonObject reading(Feeds.Running running) {
        var pipeline = running.feed().pipeline();
        var reading = pipeline.reading();
        var histogram = new JsonArray(Arrays.stream(reading.histogram()).<Json>mapToObj(Json::of).toList());
        return JsonObject.of("kind", "EntropySourceReading", "apiVersion", "gateway.oikos.home/v1alpha1", "state", pipeline.state().word(),
                "sampleBits", running.source().claim().sampleBits(), "samples", reading.samples(), "samplesPerSecond", Math.round(reading.samplesPerSecond()),
                "entropyBitsPerSecond", Math.round(reading.entropyBitsPerSecond()), "histogram", histogram, "reseeds", random.mixed());
    }

    private void samples(Response response, Feeds.Running running, int count) throws InterruptedException {
        var pipeline = running.feed().pipeline();
        try {
            var capture = pipeline.capture(count);
            running.feed().hurry();
            var samples = capture.await(SAMPLES_WAIT);
            pipeline.abandon(capture);
            response.send(200, "application/octet-stream", samples);
        } catch (IllegalStateException none) {
            fail(response, 503, "ServiceUnavailable", none.getMessage());
        }
    }

    private void random(Response response, String who, Feeds.Running running, int bytes) {
        var wait = bucket.take(who, bytes);
        if (wait.isPositive()) {
            response.header("Retry-After", String.valueOf(wait.toSeconds() + 1));
            fail(response, 429, "TooManyRequests", "%d bytes a second are given to each; ask again in %d s".formatted(RANDOM_BYTES_PER_SECOND,
                    wait.toSeconds() + 1));
            return;
        }
        var given = new byte[bytes];
        random.nextBytes(given);
        response.header("Oikos-Entropy-State", running.feed().pipeline().state().word());
        response.send(200, "application/octet-stream", given);
    }

    private static void fail(Response response, int code, String reason, String message) {
        response.send(code, "application/json", JsonObject.of("kind", "Status", "apiVersion", "v1", "metadata", JsonObject.EMPTY, "status", "Failure",
                "message", message, "reason", reason, "code", code).bytes());
    }
}
