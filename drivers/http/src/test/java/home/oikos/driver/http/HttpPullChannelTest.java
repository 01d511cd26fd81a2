package home.oikos.driver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.ByteImage;
import home.oikos.driver.Delivery;
import home.oikos.driver.FirmwareEvent;
import home.oikos.driver.FirmwareListener;
import home.oikos.driver.FirmwareOffer;
import home.oikos.driver.FirmwareOffer.Stage;
import home.oikos.driver.FirmwareTarget;
import home.oikos.driver.HeardFirmware;
import home.oikos.driver.HeardListener;
import home.oikos.driver.ImageRecipient;
import home.oikos.driver.MessageLine;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Updates of simulated devices that really fetch, over real sockets; the test stands for the gateway.
class HttpPullChannelTest {
    private static final ObjectKey PLUG = new ObjectKey("home", "plug");
    private static final ByteImage IMAGE = new ByteImage("plug-2.bin", ("2.0\n" + "x".repeat(100_000)).getBytes(StandardCharsets.US_ASCII));

    private final HeardFirmware heard = new HeardFirmware();
    private final Poster poster = new Poster();
    private final HttpDriver driver = new HttpDriver(poster.settings(), _ -> Optional.empty(), Clock.systemUTC(), new SecureRandom());
    private HttpPullChannel channel = channel();
    private SimulatedAppliance plug;
    private String dialect;
    private String token = "";

    HttpPullChannelTest() throws IOException {
        driver.start(new HeardListener());
        channel.start(heard);
    }

    private HttpPullChannel channel() {
        return new HttpPullChannel(driver, line(), Clock.systemUTC(), System::nanoTime, Duration.ofMillis(20), Duration.ofSeconds(20));
    }

    /// A broker that hands each message to the simulated device, in the form that it has over HTTP.
    private Optional<MessageLine> line() {
        return Optional.of((question, patience) -> {
            boolean shelly = dialect.equals("Shelly");
            assertEquals(shelly ? "plug/oikos/rpc" : "stat/plug/+", question.answers());
            var words = question.topic().replace("cmnd/plug/", "") + " " + question.payload();
            var uri = URI.create("http://" + plug.address() + (shelly ? "/rpc" : "/cm?cmnd=" + URLEncoder.encode(words, StandardCharsets.UTF_8)));
            var request = HttpRequest.newBuilder(uri).timeout(patience).POST(HttpRequest.BodyPublishers.ofString(question.payload())).build();
            try (var client = HttpClient.newHttpClient()) {
                var answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
                if (!question.isAnswer().test(answer)) throw new IOException("no answer at " + question.answers());
                return answer;
            }
        });
    }

    private void shelly() throws IOException {
        plug = new SimulatedShelly("1.0");
        dialect = "Shelly";
    }

    private void tasmota() throws IOException {
        plug = new SimulatedTasmota("1.0");
        dialect = "Tasmota";
    }

    @AfterEach void close() {
        channel.close();
        driver.close();
        if (plug != null) plug.close();
    }

    private static Optional<FirmwareOffer> offer(Stage stage) {
        return Optional.of(new FirmwareOffer(1, "plug-2", "2.0", IMAGE, false, stage, false));
    }

    private static Optional<FirmwareOffer> canceling(Stage stage) {
        return Optional.of(new FirmwareOffer(1, "plug-2", "2.0", IMAGE, false, stage, true));
    }

    private void serve(Optional<FirmwareOffer> offer) {
        serve(plug.address(), dialect, offer);
    }

    private void serve(String address, String spoken, Optional<FirmwareOffer> offer) {
        serve(JsonObject.of("address", address), spoken, offer);
    }

    private void serve(JsonObject device, String spoken, Optional<FirmwareOffer> offer) {
        var model = JsonObject.of("channel", "HttpPull", "dialect", spoken, "pollSeconds", 3600, "reportDeadlineSeconds", 60);
        channel.serve(Map.of(PLUG, new FirmwareTarget(model, device, JsonObject.EMPTY, token, "1.0", offer, Optional.empty())));
    }

    private void takesItUp() throws InterruptedException {
        serve(offer(Stage.OFFERED));
        heard.await("plug TakenUp 1");
        serve(offer(Stage.LOADING));
    }

    private void goesWell() throws InterruptedException {
        takesItUp();
        heard.await("plug Loaded 1, 30");
        heard.await("plug Running 2.0, ");
        heard.await("plug Done 1");
        assertEquals("2.0", plug.version());
        assertEquals(1, plug.told.size(), "told once");
    }

    @Test void aShellyFetchesAndIsDoneOnceItTellsTheNewVersion() throws Exception {
        shelly();
        goesWell();
    }

    @Test void aTasmotaFetchesAndIsDoneOnceItTellsTheNewVersion() throws Exception {
        tasmota();
        goesWell();
        assertTrue(plug.told.peek().length() <= Tasmota.URL_CHARACTERS_MAX, plug.told.peek());
    }

    @ParameterizedTest @ValueSource(strings = {"Shelly", "Tasmota"})
    void aDeviceWithATopicIsToldOverMqtt(String spoken) throws Exception {
        if (spoken.equals("Shelly")) shelly();
        else tasmota();
        var device = JsonObject.of("topic", "plug");
        serve(device, dialect, offer(Stage.OFFERED));
        heard.await("plug TakenUp 1");
        serve(device, dialect, offer(Stage.LOADING));
        heard.await("plug Done 1");
        assertEquals("2.0", plug.version());
    }

    @Test void aTopicWithoutABrokerIsNamed() throws Exception {
        channel.close();
        channel = new HttpPullChannel(driver, Optional.empty(), Clock.systemUTC(), System::nanoTime, Duration.ofMillis(20), Duration.ofSeconds(20));
        channel.start(heard);
        serve(JsonObject.of("topic", "plug"), "Tasmota", Optional.empty());
        assertEquals("refused spec.firmware of home/plug: it has a topic, and this home has no broker", heard.next());
    }

    @Test void whoMayNotTakeItUpYetAsksAgainAndIsToldNothing() throws Exception {
        shelly();
        heard.grants = false;
        serve(offer(Stage.OFFERED));
        heard.await("plug TakenUp 1");
        heard.await("plug TakenUp 1");
        assertEquals(0, plug.told.size());
        heard.grants = true;
        goesWell();
    }

    @Test void devicesWithAPasswordAreAskedWithIt() throws Exception {
        shelly();
        plug.password = token = "correct horse";
        goesWell();
        plug.close();
        channel.close();
        channel = channel();
        channel.start(heard);
        tasmota();
        plug.password = token = "battery";
        goesWell();
    }

    @ParameterizedTest @ValueSource(strings = {"Shelly", "Tasmota"})
    void aPasswordThatIsMissingOrWrongIsNamed(String spoken) throws Exception {
        if (spoken.equals("Shelly")) shelly();
        else tasmota();
        plug.password = "correct";
        serve(Optional.empty());
        assertTrue(heard.next().endsWith("asks for its password; it stands in the Secret of spec.firmware.secretName"));
        channel.close();
        channel = channel();
        channel.start(heard);
        token = "wrong";
        serve(Optional.empty());
        assertTrue(heard.next().endsWith("does not take its password; it stands in the Secret of spec.firmware.secretName"));
    }

    @Test void whatADeviceRunsIsToldBeforeAnythingIsOffered() throws Exception {
        shelly();
        plug.close();
        plug = new SimulatedShelly("0.9");
        serve(Optional.empty());
        assertEquals("plug Running 0.9, SNSW-001X16EU", heard.next());
    }

    @Test void aDeviceHearsOfAnOfferOnlyOnceThatItIsTakenUpIsOnTheDisk() throws Exception {
        shelly();
        var deliveries = new LinkedBlockingQueue<Delivery>();
        channel.close();
        channel = channel();
        channel.start(slow(deliveries));
        serve(offer(Stage.OFFERED));
        var delivery = deliveries.take();
        serve(offer(Stage.LOADING));
        // The device is looked at again and again; it hears nothing but that.
        for (int before = plug.answered(); plug.answered() < before + 6; ) Thread.onSpinWait();
        assertEquals(0, plug.told.size());
        delivery.acknowledge();
        heard.await("plug Done 1");
    }

    private FirmwareListener slow(BlockingQueue<Delivery> deliveries) {
        return new FirmwareListener() {
            @Override
            public void heard(ObjectKey device, FirmwareEvent event, Delivery delivery) {
                if (event instanceof FirmwareEvent.TakenUp) deliveries.add(delivery);
                else heard.heard(device, event, delivery);
            }

            @Override
            public void refused(String source, String why) {
                heard.refused(source, why);
            }
        };
    }

    @ParameterizedTest @ValueSource(strings = {"Shelly", "Tasmota"})
    void whoComesBackWithAnotherVersionThanOfferedSaysSo(String spoken) throws Exception {
        if (spoken.equals("Shelly")) shelly();
        else tasmota();
        plug.fault = SimulatedAppliance.Fault.REVERTS;
        takesItUp();
        heard.await("plug Written 1");
        serve(offer(Stage.WRITTEN));
        heard.await("plug Done 1");
        heard.await("plug Running 1.0");
    }

    @Test void aShellyThatSaysNoHasFailedWithItsWords() throws Exception {
        shelly();
        plug.fault = SimulatedAppliance.Fault.DECLINES;
        takesItUp();
        assertEquals("plug Failed 1, It does not take the update: Resource unavailable: already updating (-114).", heard.await("plug Failed"));
    }

    @Test void aTasmotaThatKeepsAnotherUrlHasFailedBeforeItFetches() throws Exception {
        tasmota();
        plug.fault = SimulatedAppliance.Fault.DECLINES;
        takesItUp();
        assertTrue(heard.await("plug Failed").contains("asked for OtaUrl it says {\"OtaUrl\":\"http://ota.example/tasmota.bin\"}"));
        assertEquals(0, plug.told.size());
    }

    @Test void aDeviceThatIsAwayIsAskedAgainUntilItIsThere() throws Exception {
        shelly();
        var address = plug.address();
        plug.close();
        plug = null;
        serve(address, dialect, offer(Stage.OFFERED));
        assertTrue(heard.next().startsWith("refused home/plug: " + address + ": "));
        plug = new SimulatedShelly("1.0");
        serve(offer(Stage.OFFERED));
        heard.await("plug TakenUp 1");
    }

    @ParameterizedTest @ValueSource(strings = {"BABBLES", "ENDLESS"})
    void answersThatAreNoJsonOrHaveNoEndAreNamedAndNothingFollows(String fault) throws Exception {
        shelly();
        plug.fault = SimulatedAppliance.Fault.valueOf(fault);
        serve(offer(Stage.OFFERED));
        var expected = fault.equals("ENDLESS") ? "expected an answer of at most 65536 bytes" : "expected JSON, found \"<html>\"";
        assertEquals("refused home/plug: " + plug.address() + ": " + expected, heard.next());
        plug.fault = SimulatedAppliance.Fault.NONE;
        heard.await("plug TakenUp 1");
    }

    @Test void afterARestartADeviceThatHadNotAllOfItIsToldAnotherPlace() throws Exception {
        shelly();
        serve(offer(Stage.LOADING));
        heard.await("plug Done 1");
        assertEquals("2.0", plug.version());
    }

    @Test void afterARestartADeviceThatHadAllOfItIsOnlyAwaited() throws Exception {
        shelly();
        serve(offer(Stage.LOADED));
        heard.await("plug Written 1");
        serve(offer(Stage.WRITTEN));
        plug.close();
        plug = new SimulatedShelly("2.0");
        serve(offer(Stage.WRITTEN));
        heard.await("plug Done 1");
        assertEquals(0, plug.told.size());
    }

    @Test void whatIsToStopIsHandedOutNoLonger() throws Exception {
        shelly();
        plug.fault = SimulatedAppliance.Fault.IDLES;
        takesItUp();
        var url = plug.told.take();
        var keepsOpen = driver.open(new ImageRecipient(PLUG, Set.of(), Duration.ofMinutes(1)), IMAGE, _ -> { });
        serve(canceling(Stage.LOADING));
        heard.await("plug Stopped 1");
        try (var client = HttpClient.newHttpClient(); keepsOpen) {
            assertEquals(404, client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString()).statusCode());
        }
    }

    @Test void whoHasAllOfItCannotBeStopped() throws Exception {
        shelly();
        serve(canceling(Stage.LOADED));
        heard.await("plug GoesOn 1");
    }

    @Test void anOfferThatIsGoneIsNotPursued() throws Exception {
        shelly();
        plug.fault = SimulatedAppliance.Fault.IDLES;
        takesItUp();
        plug.told.take();
        serve(Optional.empty());
        poster.awaitShut();
        assertEquals(0, plug.told.size());
    }

    @Test void whatTheModelOrTheDeviceMustNameIsAskedFor() throws Exception {
        serve("127.0.0.1:1", "Morse", Optional.empty());
        assertEquals("refused spec.firmware of home/plug: expected the model to name the dialect Shelly or Tasmota, found \"Morse\"", heard.next());
        channel.close();
        channel = channel();
        channel.start(heard);
        serve("plug:port", "Shelly", Optional.empty());
        assertEquals("refused spec.firmware of home/plug: expected a port behind the colon, found \"port\"", heard.next());
    }
}
