package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.base.Sha256;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/// Updates one thing as real ones do, over hawkBit's device API: asks for work, loads and checks an image, writes it to the board, and tells after the
/// restart how that went. Each visit runs on a virtual thread of its own; what it does to the house it does on the house's thread.
final class UpdateClient {
    /// A toy's image is a line of JSON.
    private static final int IMAGE_BYTES_MAX = 64 << 10;
    private static final int GONE = 410;
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
    /// An image of the simulated house is a line of JSON: whatever takes longer is broken off.
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    private final Thing thing;
    private final Board board;
    private final String place;
    private final String token;
    private final HttpClient http;
    private final Function<Supplier<Object>, Object> house;

    /// @param place the address of the thing at its home
    /// @param house does something on the house's thread and waits for it
    UpdateClient(Thing thing, Board board, String place, String token, HttpClient http, Function<Supplier<Object>, Object> house) {
        this.thing = thing;
        this.board = board;
        this.place = place;
        this.token = token;
        this.http = http;
        this.house = house;
    }

    static HttpClient http(Vertx vertx, Path authority) {
        return vertx.createHttpClient(new HttpClientOptions().setSsl(true).setVerifyHost(true)
                .setTrustOptions(new PemTrustOptions().addCertPath(authority.toString())));
    }

    /// Goes there once, and says when to go again.
    Duration visit() {
        if (!(Boolean) house.apply(thing::reachable)) return AGAIN;
        try {
            return talk();
        } catch (IOException | RuntimeException away) {
            // A home that is away, restarts or talks nonsense is asked again; what it was told counts only once it has answered.
            return AGAIN;
        }
    }

    private Duration talk() throws IOException {
        tellReport();
        var base = json(ask(HttpMethod.GET, place, null));
        var links = base.at("_links");
        if (links.at("configData").isPresent()) ask(HttpMethod.PUT, href(links, "configData"), JsonObject.of("mode", "merge", "data", description()));
        if (links.at("cancelAction").isPresent()) stop(json(ask(HttpMethod.GET, href(links, "cancelAction"), null)).at("id").text(""));
        else if (links.at("deploymentBase").isPresent()) update(json(ask(HttpMethod.GET, href(links, "deploymentBase"), null)));
        var poll = LocalTime.parse(base.at("config", "polling", "sleep").text("00:00:05"));
        return Duration.ofSeconds(Math.max(1, poll.toSecondOfDay()));
    }

    private static String href(Json links, String name) {
        return links.at(name, "href").text("");
    }

    private JsonObject description() {
        return (JsonObject) house.apply(() -> JsonObject.of("version", board.version(), "hardwareId", "rev-a"));
    }

    private void tellReport() throws IOException {
        var report = (Board.Report) house.apply(board::report);
        if (report == Board.Report.NONE) return;
        if (report == Board.Report.WELL) say("deploymentBase", String.valueOf(board.actionId()), "closed", "success", 0, "runs the new image");
        else say("deploymentBase", String.valueOf(board.actionId()), "closed", "failure", 0, "the new image did not start, the one before runs again");
        house.apply(() -> {
            board.told();
            return true;
        });
    }

    /// What is written cannot be called back, but then this is not asked before it is over.
    private void stop(String action) throws IOException {
        say("cancelAction", action, "closed", "success", 0, "stopped");
    }

    private void update(Json document) throws IOException {
        var action = document.at("id").text("");
        var artifact = document.at("deployment", "chunks").at(0).at("artifacts").at(0);
        say("deploymentBase", action, "proceeding", "none", 0, "loads the image");
        try {
            var image = image(artifact);
            say("deploymentBase", action, "proceeding", "none", 1, "wrote the image and restarts");
            house.apply(() -> {
                thing.write(Integer.parseInt(action), image);
                return true;
            });
        } catch (IllegalArgumentException | JsonException bad) {
            say("deploymentBase", action, "closed", "failure", 0, bad.getMessage());
        }
    }

    /// @throws IllegalArgumentException when it is not to be had on this thing
    private Board.Software image(Json artifact) throws IOException {
        if (artifact.at("size").integer(0L) > IMAGE_BYTES_MAX) throw new IllegalArgumentException("the image is larger than " + IMAGE_BYTES_MAX + " bytes");
        var bytes = ask(HttpMethod.GET, href(artifact.at("_links"), "download"), null);
        if (!Sha256.hex(bytes).equals(artifact.at("hashes", "sha256").text(""))) {
            throw new IllegalArgumentException("the image has not the digest that was told");
        }
        if (thing.has(Fault.REFUSES)) throw new IllegalArgumentException("no room for the image");
        var image = Json.parse(bytes);
        if (!image.at("model").text("").equals(board.model())) {
            throw new IllegalArgumentException("expected an image for %s, found one for %s".formatted(board.model(), image.at("model").text("nothing")));
        }
        return Board.Software.read(image);
    }

    private void say(String what, String action, String execution, String finished, int count, String details) throws IOException {
        var result = JsonObject.of("finished", finished, "progress", JsonObject.of("cnt", count, "of", 1));
        ask(HttpMethod.POST, "%s/%s/%s/feedback".formatted(place, what, action),
                JsonObject.of("status", JsonObject.of("execution", execution, "result", result, "details", List.of(details))));
    }

    private static Json json(byte[] body) {
        return Json.parse(body);
    }

    /// @throws IOException when there is no answer, or it is neither a success nor "that is over"
    private byte[] ask(HttpMethod method, String url, JsonObject body) throws IOException {
        var options = new RequestOptions().setMethod(method).setAbsoluteURI(url).setTimeout(ANSWER_TIMEOUT.toMillis())
                .putHeader("Authorization", "TargetToken " + token).putHeader("Content-Type", "application/json");
        // All from within the event loop: a body that nobody has asked for when it comes is gone, and nothing would ever end the wait for it.
        var answer = http.request(options).compose(request -> (body == null ? request.send() : request.send(Buffer.buffer(body.bytes())))
                .compose(head -> head.body().map(content -> new Answer(head.statusCode(), content.getBytes()))));
        try {
            return answer.toCompletionStage().toCompletableFuture().get(WAIT_MAX.toSeconds(), TimeUnit.SECONDS).content(method + " " + url);
        } catch (TimeoutException silent) {
            throw new IOException(method + " " + url + ": no whole answer within " + WAIT_MAX.toSeconds() + " s", silent);
        } catch (ExecutionException failed) {
            throw new IOException(method + " " + url + ": " + failed.getCause().getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    private record Answer(int status, byte[] body) {
        byte[] content(String question) throws IOException {
            if (status / 100 != 2 && status != GONE) throw new IOException(question + ": " + status);
            return body;
        }
    }
}
