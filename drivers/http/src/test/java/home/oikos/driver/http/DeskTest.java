package home.oikos.driver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.base.StandingClock;
import home.oikos.driver.HeardListener;
import home.oikos.driver.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeskTest {
    private static final ObjectKey BEER = new ObjectKey("home", "beer");
    private static final JsonObject BLOCK = JsonObject.of("format", "Ispindel", "id", "12345");

    private final StandingClock clock = StandingClock.at("2026-01-01T00:00:00Z");
    private final Map<ObjectKey, String> secrets = new HashMap<>();
    private final HeardListener listener = new HeardListener();
    private final Desk desk = new Desk(listener, key -> Optional.ofNullable(secrets.get(key)), clock);

    private static String resource(String name) throws Exception {
        try (var in = DeskTest.class.getResourceAsStream("/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Answer post(String body) {
        return desk.take("a post from 192.168.1.40", body.getBytes(StandardCharsets.UTF_8));
    }

    private void refused(int code, String words, String body) {
        assertEquals(new Answer(code, words), post(body));
        assertTrue(listener.heard.stream().allMatch(line -> line.startsWith("refused ")), listener.heard.toString());
        assertEquals(0, listener.announcements.size());
    }

    @Test void whatAnIspindelSaysIsRead() throws Exception {
        desk.serve(Map.of(BEER, BLOCK));
        assertEquals(new Answer(200, "taken"), post(resource("ispindel.json")));
        assertEquals(List.of("beer.angle=44.51", "beer.battery=3.91", "beer.gravity=1.038", "beer.rssi=-61", "beer.temperature=19.56"),
                List.copyOf(listener.heard));
    }

    @Test void unitsAreThoseOfThePostAndOfTheDevice() throws Exception {
        var post = Ispindel.read(resource("ispindel-fahrenheit.json").getBytes(StandardCharsets.UTF_8));
        assertEquals(Map.of("temperature", "F", "gravity", "Plato", "angle", "", "battery", "", "rssi", ""), units(post.readings("Plato")));
    }

    private static Map<String, String> units(List<Reading> readings) {
        var units = new HashMap<String, String>();
        readings.forEach(reading -> units.put(reading.property(), reading.unit()));
        return units;
    }

    @Test void aTokenIsAskedForWhereADeviceNamesASecret() throws Exception {
        desk.serve(Map.of(BEER, BLOCK.with("tokenSecretName", Json.of("hydrometer"))));
        var withToken = resource("ispindel-token.json");
        refused(503, "expected a Secret home/hydrometer of type oikos.home/sensor-token with the key token", withToken);
        secrets.put(new ObjectKey("home", "hydrometer"), "");
        refused(503, "expected a Secret home/hydrometer of type oikos.home/sensor-token with the key token", withToken);
        secrets.put(new ObjectKey("other", "hydrometer"), "BBFF-sweetwort");
        secrets.put(new ObjectKey("home", "hydrometer"), "BBFF-sweetwor");
        refused(401, "expected the token of Secret home/hydrometer, found another", withToken);
        refused(401, "expected the token of Secret home/hydrometer, found none", resource("ispindel.json"));
        secrets.put(new ObjectKey("home", "hydrometer"), "BBFF-sweetwort");
        listener.heard.clear();
        assertEquals(200, post(withToken).code());
        assertTrue(listener.heard.contains("beer.gravity=1.038"), listener.heard.toString());
    }

    @Test void wrongTokensDoNotUseUpWhatTheSensorMaySay() throws Exception {
        desk.serve(Map.of(BEER, BLOCK.with("tokenSecretName", Json.of("hydrometer"))));
        secrets.put(new ObjectKey("home", "hydrometer"), "BBFF-sweetwort");
        var codes = new HashMap<Integer, Integer>();
        for (int i = 0; i < 1_000; i++) codes.merge(post("{\"ID\":12345,\"token\":\"%d\",\"gravity\":1.0}".formatted(i)).code(), 1, Integer::sum);
        assertEquals(Map.of(401, Desk.STRANGE_POSTS_MAX, 429, 1_000 - Desk.STRANGE_POSTS_MAX), codes);
        assertEquals(200, post(resource("ispindel-token.json")).code());
        assertTrue(listener.heard.contains("beer.gravity=1.038"), listener.heard.toString());
    }

    @Test void whatIsNoPostOfAnIspindelIsRefusedInWordsAndChangesNothing() {
        desk.serve(Map.of(BEER, BLOCK));
        refused(400, "expected the JSON of an iSpindel, an object", "[]");
        refused(400, "expected ID, a number or up to 64 characters, found null", "{\"temperature\":20}");
        refused(400, "expected ID, a number or up to 64 characters, found \"" + "x".repeat(79) + "…",
                "{\"ID\":\"" + "x".repeat(100) + "\",\"temperature\":20}");
        refused(400, "expected gravity as a number, found null", "{\"ID\":12345,\"temperature\":20,\"gravity\":null}");
        refused(400, "expected temperature as a number, found \"20\"", "{\"ID\":12345,\"temperature\":\"20\"}");
        refused(400, "expected temperature or gravity, found neither", "{\"ID\":12345}");
        refused(400, "expected temp_units C, F or K, found \"R\"", "{\"ID\":12345,\"temperature\":20,\"temp_units\":\"R\"}");
        for (var broken : List.of("", "NaN", "{\"ID\":12345,\"gravity\":NaN}", "{\"ID\":12345", "name=x&ID=12345", "\u0000\u0000", "[".repeat(2_000))) {
            var answer = post(broken);
            assertEquals(400, answer.code(), broken);
            assertTrue(answer.words().startsWith("expected the JSON of an iSpindel"), answer.words());
        }
        assertTrue(listener.heard.stream().allMatch(line -> line.startsWith("refused ")), listener.heard.toString());
    }

    /// The gateway knows what can be; the driver hands on what was said.
    @Test void numbersThatCannotBeArePassedOnForTheGatewayToRefuse() {
        desk.serve(Map.of(BEER, BLOCK));
        assertEquals(200, post("{\"ID\":12345,\"gravity\":-1.2,\"temperature\":68,\"temp_units\":\"C\"}").code());
        assertEquals(List.of("beer.gravity=-1.2", "beer.temperature=68"), List.copyOf(listener.heard));
    }

    @Test void aStrangerIsShownOnceAndBelievedNot() throws Exception {
        assertEquals(new Answer(403, "nobody asked for iSpindel 12345 yet; ./oikos get devices shows it"), post(resource("ispindel.json")));
        assertEquals(403, post(resource("ispindel.json")).code());
        var shown = listener.announcements.remove();
        assertEquals(resource("ispindel.golden"), JsonObject.of("id", shown.id(), "name", shown.name(), "modelName", shown.modelName(),
                "model", shown.model(), "connection", shown.connection()) + "\n");
        assertEquals(0, listener.announcements.size());
        assertEquals(0, listener.heard.size());
        desk.serve(Map.of(BEER, shown.connection()));
        assertEquals(200, post(resource("ispindel.json")).code());
    }

    @Test void aFloodOfStrangersFillsNothing() {
        desk.serve(Map.of(BEER, BLOCK));
        for (int minute = 0; minute < 5; minute++) {
            for (int i = 0; i < 1_000; i++) post("{\"ID\":%d,\"temperature\":20}".formatted(1_000_000 + minute * 1_000 + i));
            assertEquals(429, post("{\"ID\":7,\"temperature\":20}").code());
            assertEquals(429, post("nonsense").code());
            assertEquals(200, post("{\"ID\":12345,\"temperature\":20}").code(), "who is known is heard all the same");
            // They become Devices, which are served: no room for more because of it.
            var known = new HashMap<ObjectKey, JsonObject>(Map.of(BEER, BLOCK));
            listener.announcements.forEach(shown -> known.put(new ObjectKey("home", shown.connection().at("id").text("")), shown.connection()));
            desk.serve(known);
            clock.advance(Duration.ofMinutes(1));
        }
        assertEquals(Desk.SENSORS_MAX - 1, listener.announcements.size());
        assertEquals(403, post("{\"ID\":7,\"temperature\":20}").code());
        assertTrue(listener.heard.size() < 100, "a flood is no flood of words: " + listener.heard.size());
    }

    @Test void aSensorThatNeverSleepsIsSlowedDown() {
        desk.serve(Map.of(BEER, BLOCK));
        for (int i = 0; i < Desk.POSTS_MAX; i++) assertEquals(200, post("{\"ID\":12345,\"temperature\":20}").code());
        assertEquals(new Answer(429, "more than 30 posts of 12345 in a minute"), post("{\"ID\":12345,\"temperature\":20}"));
        clock.advance(Duration.ofMinutes(1));
        assertEquals(200, post("{\"ID\":12345,\"temperature\":20}").code());
    }

    @Test void anIdThatTwoDevicesClaimIsHeardForOne() {
        desk.serve(Map.of(BEER, BLOCK, new ObjectKey("home", "copy"), BLOCK));
        assertEquals(List.of("withdrawn ispindel/12345",
                "refused spec.connection.http of home/copy: another Device has the id 12345 already; delete one of the two"),
                List.copyOf(listener.heard));
        listener.heard.clear();
        post("{\"ID\":12345,\"temperature\":20}");
        assertEquals(List.of("beer.temperature=20"), List.copyOf(listener.heard));
    }

    @Test void blocksThatMakeNoSenseAreRefusedInWords() {
        assertEquals("format is Ispindel; found \"Shelly\"", refusal(JsonObject.of("format", "Shelly")));
        assertEquals("expected the id of the iSpindel", refusal(JsonObject.of("format", "Ispindel")));
        assertEquals("gravityUnit is SG or Plato; found \"Brix\"", refusal(BLOCK.with("gravityUnit", Json.of("Brix"))));
    }

    private String refusal(JsonObject block) {
        var device = new ObjectKey("home", "odd" + listener.heard.size());
        desk.serve(Map.of(device, block));
        return List.copyOf(listener.heard).getLast().substring("refused spec.connection.http of home/odd0: ".length());
    }
}
