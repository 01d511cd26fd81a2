package home.oikos.driver.ddi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.base.StandingClock;
import home.oikos.driver.ByteImage;
import home.oikos.driver.Delivery;
import home.oikos.driver.FirmwareEvent;
import home.oikos.driver.FirmwareListener;
import home.oikos.driver.FirmwareOffer;
import home.oikos.driver.FirmwareOffer.Stage;
import home.oikos.driver.FirmwareTarget;
import home.oikos.http.Filter;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalExchange;
import home.oikos.http.LocalRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The conversation of devices with the channel, whose listener writes down everything at once unless a test says otherwise.
class DdiChannelTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final byte[] BYTES = "the quick brown fox".getBytes(StandardCharsets.US_ASCII);
    private static final ByteImage IMAGE = new ByteImage("washer-2.swu", BYTES);
    private static final ObjectKey WASHER = new ObjectKey("home", "washer");

    private final List<String> heard = new ArrayList<>();
    private final Map<ObjectKey, FirmwareTarget> targets = new HashMap<>();
    private final StandingClock clock = StandingClock.at("2026-01-01T00:00:00Z");
    private final DdiChannel channel = new DdiChannel(clock, Duration.ofSeconds(10));
    private final LocalExchange exchange = new LocalExchange(Filter.chain(List.of(channel), (_, response) -> response.send(299, "", new byte[0])));
    private int here;
    private Optional<FirmwareOffer> installed = Optional.empty();
    private boolean writes = true;
    private boolean grants = true;

    private final FirmwareListener listener = new FirmwareListener() {
        @Override
        public void heard(ObjectKey device, FirmwareEvent event, Delivery delivery) {
            if (event instanceof FirmwareEvent.Here) here++;
            else heard.add(device.name() + " " + event.toString().replaceAll("^(\\w+)\\[", "$1 ").replaceAll("]$", ""));
            if (!grants) delivery.refuse();
            else if (writes) delivery.acknowledge();
        }

        @Override
        public void refused(String source, String why) {
            heard.add("refused " + source + ": " + why);
        }
    };

    @BeforeEach void open() {
        channel.start(listener);
        serve("1.0", Optional.empty());
    }

    private void serve(String version, Optional<FirmwareOffer> offer) {
        serve(WASHER, TOKEN, version, offer);
    }

    private void serve(ObjectKey device, String token, String version, Optional<FirmwareOffer> offer) {
        var model = JsonObject.of("channel", "Ddi", "pollSeconds", 60);
        targets.put(device, new FirmwareTarget(model, JsonObject.EMPTY, JsonObject.EMPTY, token, version, offer, installed));
        channel.serve(Map.copyOf(targets));
    }

    private static Optional<FirmwareOffer> offer(int action, Stage stage) {
        return Optional.of(new FirmwareOffer(action, "washer-2", "2.0", IMAGE, false, stage, false));
    }

    private static Optional<FirmwareOffer> canceling(int action) {
        return Optional.of(new FirmwareOffer(action, "washer-2", "2.0", IMAGE, false, Stage.LOADING, true));
    }

    private static LocalRequest as(String token, String method, String path) {
        return LocalRequest.of(method, path).with("Authorization", "TargetToken " + token).with("Host", "oikos.local:6443");
    }

    private static LocalRequest washer(String method, String rest) {
        return as(TOKEN, method, "/home/controller/v1/washer" + rest);
    }

    private LocalAnswer ask(LocalRequest request) throws IOException {
        return exchange.call(request);
    }

    private Json get(String rest) throws IOException {
        return Json.parse(whole(ask(washer("GET", rest)), 200));
    }

    private static byte[] whole(LocalAnswer answer, int status) {
        var body = answer instanceof LocalAnswer.Whole whole ? whole.body() : new byte[0];
        assertEquals(status, answer.status(), new String(body, StandardCharsets.UTF_8));
        return body;
    }

    private String refusal(LocalRequest request, int status) throws IOException {
        return Json.parse(whole(ask(request), status)).at("message").text("");
    }

    private LocalAnswer say(String rest, String execution, String finished, String... details) throws IOException {
        var status = JsonObject.of("execution", execution, "result", JsonObject.of("finished", finished), "details", List.of(details));
        return ask(washer("POST", rest + "/feedback").withBody(JsonObject.of("id", "1", "time", "20261123T030334", "status", status).bytes()));
    }

    private void describes(String data) throws IOException {
        whole(ask(washer("PUT", "/configData").withBody(data.getBytes(StandardCharsets.UTF_8))), 200);
    }

    private byte[] load(LocalRequest request, int status) throws IOException {
        var answer = ask(request);
        assertEquals(status, answer.status());
        try (var body = ((LocalAnswer.Streamed) answer).body()) {
            return body.readAllBytes();
        }
    }

    @Test void aDeviceThatAsksIsToldToBeThereNowAndThen() throws IOException {
        for (int poll = 0; poll < 3; poll++) get("");
        assertEquals(1, here);
        clock.advance(Duration.ofMillis(Session.HERE_PERIOD_MILLIS));
        get("");
        assertEquals(2, here);
        ask(as("f".repeat(32), "GET", "/home/controller/v1/washer"));
        clock.advance(Duration.ofMinutes(-5));
        get("");
        assertEquals(3, here, "by its own requests, and though the clock was set back");
    }

    @Test void aDeviceIsAskedAtFirstWhatItRunsAndThenHasNothingToDo() throws IOException {
        var base = get("");
        assertEquals("https://oikos.local:6443/home/controller/v1/washer/configData", base.at("_links", "configData", "href").text(""));
        assertEquals("00:00:05", base.at("config", "polling", "sleep").text(""));
        describes("{\"mode\":\"merge\",\"data\":{\"version\":\"1.0\",\"hardwareId\":\"rev-a\"}}");
        assertEquals(List.of("washer Running version=1.0, hardwareId=rev-a"), heard);
        assertEquals("{\"config\":{\"polling\":{\"sleep\":\"00:01:00\"}},\"_links\":{}}", get("").toString());
    }

    @Test void whatMayNotBeTakenUpAnyMoreIsNotShown() throws IOException {
        serve("1.0", offer(1, Stage.OFFERED));
        grants = false;
        assertEquals("the update of home/washer is not to be begun now", refusal(washer("GET", "/deploymentBase/1"), 410));
        grants = true;
        assertEquals("1", get("/deploymentBase/1").at("id").text(""));
    }

    @Test void theDefaultTenantIsTheNamespaceHome() throws IOException {
        var answer = Json.parse(whole(ask(as(TOKEN, "GET", "/DEFAULT/controller/v1/washer")), 200));
        assertEquals("https://oikos.local:6443/DEFAULT/controller/v1/washer/configData", answer.at("_links", "configData", "href").text(""));
    }

    @Test void whatIsNotForItPasses() throws IOException {
        for (var path : List.of("/", "/api/v1", "/home/controller/v2/washer", "/home/controller/v1", "/apis/controller/v1/washer")) {
            assertEquals(299, ask(as(TOKEN, "GET", path)).status(), path);
        }
    }

    @Test void nothingIsOfferedBeforeItIsOnTheDiskAndThenByDigestsOfAllAges() throws IOException {
        serve("1.0", offer(3, Stage.OFFERED));
        var link = get("").at("_links", "deploymentBase", "href").text("");
        assertTrue(link.startsWith("https://oikos.local:6443/home/controller/v1/washer/deploymentBase/3?c="), link);
        var document = get("/deploymentBase/3?c=x");
        var artifact = document.at("deployment", "chunks").at(0).at("artifacts").at(0);
        assertEquals("2.0", document.at("deployment", "chunks").at(0).at("version").text(""));
        assertEquals(JsonObject.of("sha1", IMAGE.sha1(), "md5", IMAGE.md5(), "sha256", IMAGE.sha256()), artifact.at("hashes"));
        assertEquals(BYTES.length, artifact.at("size").integer(0));
        assertEquals("https://oikos.local:6443/home/controller/v1/washer/softwaremodules/3/artifacts/washer-2.swu",
                artifact.at("_links", "download", "href").text(""));
        get("/deploymentBase/3");
        assertEquals(List.of("washer TakenUp actionId=3"), heard, "said once, however often it is read");
    }

    @Test void aDeviceWaitsForTheDiskAndIsAskedToSayItAgainWhenThatIsSlow() throws IOException {
        serve("1.0", offer(3, Stage.OFFERED));
        writes = false;
        var hurried = new DdiChannel(clock, Duration.ofMillis(1));
        hurried.start(listener);
        hurried.serve(Map.copyOf(targets));
        var asked = new LocalExchange(Filter.chain(List.of(hurried), (_, _) -> { }));
        var message = new String(whole(asked.call(washer("GET", "/deploymentBase/3")), 503), StandardCharsets.UTF_8);
        assertTrue(message.contains("say it again"), message);
        writes = true;
        whole(asked.call(washer("GET", "/deploymentBase/3")), 200);
        assertEquals(List.of("washer TakenUp actionId=3", "washer TakenUp actionId=3"), heard);
    }

    @Test void anImageArrivesWholeAndItsProgressIsTold() throws IOException {
        serve("1.0", offer(3, Stage.OFFERED));
        assertArrayEquals(BYTES, load(washer("GET", "/softwaremodules/3/artifacts/washer-2.swu"), 200));
        assertEquals(List.of("washer TakenUp actionId=3", "washer Loaded actionId=3, percent=100"), heard);
    }

    @ParameterizedTest @CsvSource({"bytes=4-8, quick", "bytes=16-, fox", "bytes=-3, fox", "bytes=16-99, fox", "bytes=0-2, the"})
    void aPartOfAnImageIsHadByRange(String range, String part) throws IOException {
        serve("1.0", offer(3, Stage.LOADING));
        var request = washer("GET", "/softwaremodules/3/artifacts/washer-2.swu").with("Range", range);
        assertEquals(part, new String(load(request, 206), StandardCharsets.US_ASCII));
        var answer = ask(washer("GET", "/softwaremodules/3/artifacts/washer-2.swu").with("Range", range));
        int from = new String(BYTES, StandardCharsets.US_ASCII).indexOf(part);
        assertEquals(List.of("bytes %d-%d/19".formatted(from, from + part.length() - 1)), answer.headers().get("Content-Range"));
        assertEquals(List.of(String.valueOf(part.length())), answer.headers().get("Content-Length"));
    }

    @ParameterizedTest @ValueSource(strings = {"bytes=-", "bytes=5-2", "bytes=0-1,3-4", "lines=1-2", "bytes=9999999999999999999999-"})
    void aRangeThatIsNoneOrSeveralIsPassedOver(String range) throws IOException {
        serve("1.0", offer(3, Stage.LOADING));
        assertArrayEquals(BYTES, load(washer("GET", "/softwaremodules/3/artifacts/washer-2.swu").with("Range", range), 200));
    }

    @Test void aRangeBeyondTheEndIsRefusedAndOneOfAnotherImageIsPassedOver() throws IOException {
        serve("1.0", offer(3, Stage.LOADING));
        var path = "/softwaremodules/3/artifacts/washer-2.swu";
        var beyond = ask(washer("GET", path).with("Range", "bytes=19-"));
        assertEquals(416, beyond.status());
        assertEquals(List.of("bytes */19"), beyond.headers().get("Content-Range"));
        assertEquals(416, ask(washer("GET", path).with("Range", "bytes=-0")).status());
        var etag = ask(washer("HEAD", path)).headers().get("ETag").getFirst();
        assertEquals("fox", new String(load(washer("GET", path).with("Range", "bytes=16-").with("If-Range", etag), 206), StandardCharsets.US_ASCII));
        assertArrayEquals(BYTES, load(washer("GET", path).with("Range", "bytes=16-").with("If-Range", "\"other\""), 200));
        assertEquals(304, ask(washer("GET", path).with("If-None-Match", etag)).status());
    }

    @Test void theSizeOfAnImageIsHadWithoutIt() throws IOException {
        serve("1.0", offer(3, Stage.LOADING));
        var head = washer("HEAD", "/softwaremodules/3/artifacts/washer-2.swu");
        assertEquals(List.of("19"), ask(head).headers().get("Content-Length"));
        assertEquals(0, load(head, 200).length);
        assertEquals(IMAGE.md5() + "  washer-2.swu\n",
                new String(whole(ask(washer("GET", "/softwaremodules/3/artifacts/washer-2.swu.MD5SUM")), 200), StandardCharsets.US_ASCII));
        assertEquals(List.of(), heard);
    }

    @Test void anImageWhoseDiskFailsBreaksOff() {
        var broken = new ByteImage("washer-2.swu", BYTES, 7);
        serve("1.0", Optional.of(new FirmwareOffer(3, "washer-2", "2.0", broken, false, Stage.LOADING, false)));
        assertThrows(IOException.class, () -> load(washer("GET", "/softwaremodules/3/artifacts/washer-2.swu"), 200));
    }

    @Test void nothingElseIsHadByAnyName() throws IOException {
        serve("1.0", offer(3, Stage.LOADING));
        for (var path : List.of("/softwaremodules/3/artifacts/..", "/softwaremodules/3/artifacts/%2e%2e%2fpasswd", "/softwaremodules/3/artifacts/other",
                "/softwaremodules/3", "/nothing", "/deploymentBase/3/feedback/more", "/deploymentBase", "/configData/more")) {
            assertTrue(List.of(404, 405).contains(ask(washer("GET", path)).status()), path);
        }
        assertEquals(410, ask(washer("GET", "/softwaremodules/2/artifacts/washer-2.swu")).status());
        assertEquals(410, ask(washer("GET", "/deploymentBase/2")).status());
        assertEquals(405, ask(washer("DELETE", "/deploymentBase/3")).status());
    }

    @Test void anUpdateIsDoneWhenTheDeviceClosesItAndThenItIsAskedWhatItRuns() throws IOException {
        describes("{\"data\":{\"version\":\"1.0\"}}");
        serve("1.0", offer(3, Stage.LOADED));
        whole(say("/deploymentBase/3", "proceeding", "none", "All Chunks Installed."), 200);
        serve("1.0", offer(3, Stage.WRITTEN));
        whole(say("/deploymentBase/3", "closed", "success"), 200);
        assertEquals(List.of("washer Writing actionId=3", "washer Done actionId=3"), heard.subList(1, heard.size()));
        assertTrue(get("").at("_links", "deploymentBase").isNull(), "it must not begin again before the gateway has told");
        serve("1.0", offer(3, Stage.DONE));
        assertTrue(get("").at("_links", "deploymentBase").isNull());
        assertTrue(get("").at("_links", "configData").isPresent());
        describes("{\"data\":{\"version\":\"2.0\"}}");
        installed = offer(3, Stage.DONE);
        serve("2.0", Optional.empty());
        assertEquals("[\"config\",\"_links\"]", Json.of(get("").object().names().stream().toList()).toString());
        assertEquals("https://oikos.local:6443/home/controller/v1/washer/installedBase/3", get("").at("_links", "installedBase", "href").text(""));
        assertTrue(get("/installedBase/3").at("deployment").isPresent());
        assertEquals(404, ask(washer("GET", "/installedBase/2")).status());
    }

    @Test void wordsInDetailsProveNothing() throws IOException {
        serve("1.0", offer(3, Stage.LOADING));
        whole(say("/deploymentBase/3", "proceeding", "none", "All Chunks Installed."), 200);
        assertEquals(List.of(), heard);
    }

    @Test void allPartsDealtWithMeansWritten() throws IOException {
        serve("1.0", offer(3, Stage.LOADED));
        var status = "{\"status\":{\"execution\":\"proceeding\",\"result\":{\"finished\":\"none\",\"progress\":{\"cnt\":1,\"of\":1}}}}";
        whole(ask(washer("POST", "/deploymentBase/3/feedback").withBody(status.getBytes(StandardCharsets.US_ASCII))), 200);
        assertEquals(List.of("washer Written actionId=3"), heard);
    }

    @Test void aFailureIsTheEndAndItsLastWordsAreTold() throws IOException {
        serve("1.0", offer(3, Stage.LOADING));
        whole(say("/deploymentBase/3", "closed", "failure", "x".repeat(5_000), "Signature verification failed"), 200);
        assertTrue(heard.getFirst().startsWith("washer Failed actionId=3, why=The device says that it failed: …x"), heard.getFirst());
        assertTrue(heard.getFirst().endsWith("Signature verification failed"), heard.getFirst());
        assertTrue(heard.getFirst().length() < 400);
        assertTrue(get("").at("_links", "deploymentBase").isNull(), "over at once, though the gateway has not told yet");
        var late = say("/deploymentBase/3", "closed", "success");
        assertEquals("update 3 of home/washer is over, and none is in work", Json.parse(whole(late, 410)).at("message").text(""));
        assertEquals(410, ask(washer("GET", "/softwaremodules/3/artifacts/washer-2.swu")).status());
    }

    @Test void aRejectionIsToldAndEndsNothing() throws IOException {
        serve("1.0", offer(3, Stage.LOADING));
        whole(say("/deploymentBase/3", "rejected", "none", "battery low"), 200);
        assertEquals(List.of("refused home/washer: it rejects update 3 for now: battery low"), heard);
        assertTrue(get("").at("_links", "deploymentBase").isPresent());
    }

    @Test void aDeviceThatIsAskedToStopStops() throws IOException {
        serve("1.0", canceling(3));
        var links = get("").at("_links");
        assertTrue(links.at("deploymentBase").isNull());
        assertTrue(links.at("cancelAction", "href").text("").endsWith("/cancelAction/3"));
        assertEquals("{\"id\":\"3\",\"cancelAction\":{\"stopId\":\"3\"}}", get("/cancelAction/3").toString());
        assertEquals(410, ask(washer("GET", "/deploymentBase/3")).status(), "it must not be begun any more");
        whole(say("/cancelAction/3", "closed", "success", "cancellation acknowledged"), 200);
        assertEquals(List.of("washer Stopped actionId=3"), heard);
        assertTrue(get("").at("_links", "cancelAction").isNull());
    }

    @Test void aDeviceMayGoOnAndStillTellHowItEnds() throws IOException {
        serve("1.0", canceling(3));
        whole(say("/cancelAction/3", "rejected", "none", "too late"), 200);
        whole(say("/deploymentBase/3", "closed", "success"), 200);
        assertEquals(List.of("washer GoesOn actionId=3", "washer Done actionId=3"), heard);
        serve("1.0", offer(3, Stage.LOADING));
        assertEquals(410, ask(washer("GET", "/cancelAction/3")).status());
    }

    @Test void aStrangerLearnsNothingButThatItIsOne() throws IOException {
        var other = new ObjectKey("home", "fridge");
        serve(other, "ffffffffffffffffffffffffffffffff", "1.0", offer(1, Stage.OFFERED));
        serve(new ObjectKey("home", "short"), "short", "1.0", offer(1, Stage.OFFERED));
        serve(new ObjectKey("home", "none"), "", "1.0", offer(1, Stage.OFFERED));
        var requests = List.of(as(TOKEN, "GET", "/home/controller/v1/fridge"), as("wrong", "GET", "/home/controller/v1/fridge"),
                as(TOKEN, "GET", "/home/controller/v1/nobody"), as("short", "GET", "/home/controller/v1/short"), as("", "GET", "/home/controller/v1/none"),
                as(TOKEN, "GET", "/away/controller/v1/washer"), LocalRequest.of("GET", "/home/controller/v1/washer"),
                LocalRequest.of("GET", "/home/controller/v1/washer").with("Authorization", "GatewayToken " + TOKEN),
                as(TOKEN, "GET", "/home/controller/v1/fridge/softwaremodules/1/artifacts/washer-2.swu"),
                as(TOKEN, "POST", "/home/controller/v1/fridge/deploymentBase/1/feedback"));
        for (var request : requests) {
            var said = refusal(request, 401);
            assertTrue(said.matches("expected the header Authorization: TargetToken, with the token of device [\\w/]+ \\(16 to 128 characters\\)"), said);
        }
        assertEquals(List.of(), heard);
    }

    @Test void manyWrongTokensAreSentAwayAndTheDeviceBehindTheSameAddressIsNot() throws IOException {
        for (int i = 0; i < Door.STRANGERS_BURST; i++) refusal(as("guess-" + i, "GET", "/home/controller/v1/washer"), 401);
        var answer = ask(as("guess", "GET", "/home/controller/v1/washer"));
        assertEquals(429, answer.status());
        assertEquals(List.of("5"), answer.headers().get("Retry-After"));
        get("");
    }

    @Test void aDeviceThatAsksWithoutEndIsSlowedDown() throws IOException {
        for (int i = 0; i < Session.REQUESTS_BURST; i++) get("");
        assertEquals(429, ask(washer("GET", "")).status());
    }

    @Test void endlessStatusesAreRefusedAndTheEndIsStillHeard() throws IOException {
        serve("1.0", offer(3, Stage.LOADING));
        var session = new Session(0);
        for (int i = 0; i < Session.STATUSES_MAX; i++) assertTrue(session.maySay(3));
        assertEquals(false, session.maySay(3));
        assertTrue(session.maySay(4));
        for (int i = 0; i < 40; i++) whole(say("/deploymentBase/3", "proceeding", "none"), 200);
        whole(say("/deploymentBase/3", "closed", "failure"), 200);
    }

    @ParameterizedTest @ValueSource(strings = {"", "{", "[]", "{\"status\":{}}", "{\"status\":{\"execution\":\"closed\"}}",
            "{\"status\":{\"execution\":\"exploded\",\"result\":{\"finished\":\"none\"}}}",
            "{\"status\":{\"execution\":5,\"result\":{\"finished\":\"none\"}}}"})
    void feedbackThatMakesNoSenseIsRefusedInWords(String body) throws IOException {
        serve("1.0", offer(3, Stage.LOADING));
        var said = refusal(washer("POST", "/deploymentBase/3/feedback").withBody(body.getBytes(StandardCharsets.UTF_8)), 400);
        assertTrue(said.contains("expected"), said);
        assertEquals(List.of(), heard);
    }

    @Test void aFeedbackWithoutEndIsRefused() throws IOException {
        serve("1.0", offer(3, Stage.LOADING));
        assertEquals(413, ask(washer("POST", "/deploymentBase/3/feedback").withBody(new byte[Counter.BODY_BYTES_MAX + 1])).status());
        assertEquals(415, ask(washer("PUT", "/configData").with("Content-Type", "application/cbor").withBody(new byte[] {(byte) 0xa0})).status());
    }

    @Test void aDescriptionWithoutAVersionIsToldToPeople() throws IOException {
        describes("{\"data\":{\"serial\":\"7\"}}");
        assertEquals(List.of("refused configData of home/washer: expected data.version with what the device runs, found {\"serial\":\"7\"}"), heard);
        whole(ask(washer("PUT", "/configData").withBody("{\"mode\":\"eat\",\"data\":{}}".getBytes(StandardCharsets.UTF_8))), 400);
    }

    @Test void aVersionThatWasPutOnByHandIsTold() throws IOException {
        whole(ask(washer("PUT", "/installedBase").withBody("{\"name\":\"x\",\"version\":\"1.5\"}".getBytes(StandardCharsets.UTF_8))), 200);
        assertEquals(List.of("washer Running version=1.5, hardwareId="), heard);
    }

    @Test void whatHasNotChangedIsNotSentAgain() throws IOException {
        var etag = ask(washer("GET", "")).headers().get("ETag").getFirst();
        assertEquals(304, ask(washer("GET", "").with("If-None-Match", etag)).status());
        serve("1.0", offer(3, Stage.OFFERED));
        assertEquals(200, ask(washer("GET", "").with("If-None-Match", etag)).status());
    }

    @Test void aStrangeHostIsNotRepeated() throws IOException {
        var request = LocalRequest.of("GET", "/home/controller/v1/washer").with("Authorization", "TargetToken " + TOKEN).with("Host", "a\"b");
        assertEquals(400, ask(request).status());
    }

    @Test void devicesAreAskedToComeAgainWhileNobodyListens() throws IOException {
        channel.close();
        assertEquals(503, ask(washer("GET", "")).status());
        assertEquals(503, new LocalExchange(Filter.chain(List.of(new DdiChannel(Clock.systemUTC())), (_, _) -> { })).call(washer("GET", "")).status());
    }
}
