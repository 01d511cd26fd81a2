package home.oikos.driver.onewire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.HeardListener;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OneWireDriverTest {
    private static final ObjectKey BEER = new ObjectKey("home", "beer");
    private static final String ID = "28.000000000001";

    private final HeardListener listener = new HeardListener();
    private int refusals;
    private final OneWireDriver driver = new OneWireDriver(Clock.systemUTC(), System::nanoTime);

    OneWireDriverTest() {
        driver.start(listener);
    }

    @AfterEach void close() {
        driver.close();
    }

    private static JsonObject block(String address) {
        return JsonObject.of("address", address, "id", ID, "pollSeconds", 1);
    }

    /// Lines of one kind, others passed over.
    private String next(String beginning) throws InterruptedException {
        var line = listener.next();
        while (!line.startsWith(beginning)) line = listener.next();
        return line;
    }

    @Test void aThermometerOfARealServerIsReadAgainAndAgain() throws Exception {
        try (var bus = new FakeBus("--fake=DS18B20,DS18B20,DS2405")) {
            driver.serve(Map.of(BEER, block(bus.address()).with("id", Json.of(bus.thermometers().getFirst()))));
            double first = Double.parseDouble(next("beer.temperature=").substring("beer.temperature=".length()));
            double second = Double.parseDouble(next("beer.temperature=").substring("beer.temperature=".length()));
            assertTrue(first >= 0 && first <= 100 && second >= 0 && second <= 100 && first != second, first + " " + second);
        }
    }

    @Test void thermometersNobodyAskedForAreShownOnce() throws Exception {
        try (var bus = new FakeBus("--fake=DS18B20,DS18B20,DS2405")) {
            var both = bus.thermometers();
            driver.serve(Map.of(BEER, block(bus.address()).with("id", Json.of(both.getFirst()))));
            next("beer.temperature=");
            var shown = listener.announcements.poll(20, TimeUnit.SECONDS);
            assertEquals(both.get(1), shown.id());
            assertEquals("ds18b20", shown.modelName());
            assertEquals("thermometer-" + both.get(1).substring(3).toLowerCase(Locale.ROOT), shown.name());
            assertEquals(JsonObject.of("address", bus.address(), "id", both.get(1)), shown.connection());
            assertEquals(0, listener.announcements.size(), "a switch is no thermometer, and the first has a Device");
        }
    }

    @Test void aSensorThatIsNotThereIsAwayAndTheOthersAreRead() throws Exception {
        try (var bus = new FakeBus("--tester=DS18B20")) {
            driver.serve(Map.of(BEER, block(bus.address()), new ObjectKey("home", "room"), block(bus.address()).with("id",
                    Json.of(bus.thermometers().getFirst()))));
            assertEquals("refused " + bus.address() + "/" + ID + ": the owserver has no value of it: is the sensor plugged in?", next("refused"));
            assertEquals("beer offline", next("beer"));
            assertEquals("room.temperature=4", next("room"));
        }
    }

    @Test void whatAThermometerSaysBeforeItMeasuredIsNoTemperature() throws Exception {
        var said = List.of("85", "19.5", "85", "84", "85", "nan");
        var index = new AtomicInteger();
        try (var server = new ScriptedServer(_ -> ScriptedServer.value("       " + said.get(Math.min(index.getAndIncrement(), said.size() - 1))))) {
            driver.serve(Map.of(BEER, block(server.address())));
            for (var line : List.of("85 °C, as after a loss of its supply", "19.5", "85 °C, as after a loss of its supply", "84", "85", "nan")) {
                assertEquals("beer.temperature=" + line, next("beer"));
            }
        }
    }

    @Test void aServerThatIsBusySaysSoAndIsWaitedFor() throws Exception {
        try (var server = new ScriptedServer(_ -> ScriptedServer.both(ScriptedServer.stillAtIt(), ScriptedServer.value("20.5")))) {
            driver.serve(Map.of(BEER, block(server.address())));
            assertEquals("beer.temperature=20.5", next("beer"));
        }
    }

    @Test void whatNoOwserverSaysIsAFaultOfTheLink() throws Exception {
        for (var nonsense : List.of(ScriptedServer.header(1 << 30, 0, 0, new byte[0]), "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(),
                endless(), ScriptedServer.header(-2, 0, 0, new byte[0]), new byte[0])) {
            try (var server = new ScriptedServer(_ -> nonsense)) {
                driver.serve(Map.of(BEER, block(server.address())));
                assertEquals("down", next("down"));
                driver.serve(Map.of());
                assertEquals("up", next("up"), "nobody needs it any more");
            }
        }
        assertFalse(listener.heard.stream().anyMatch(line -> line.startsWith("beer.")), listener.heard.toString());
    }

    /// Still at it, for ever.
    private static byte[] endless() {
        var all = new byte[0];
        for (int i = 0; i < 100; i++) all = ScriptedServer.both(all, ScriptedServer.stillAtIt());
        return all;
    }

    @Test void oneServerThatIsAwayLeavesTheOthersAlone() throws Exception {
        try (var good = new ScriptedServer(_ -> ScriptedServer.value("20.5")); var bad = new ScriptedServer(_ -> new byte[0])) {
            driver.serve(Map.of(BEER, block(good.address()), new ObjectKey("home", "cellar"), block(bad.address()).with("id",
                    Json.of("28.0000000000FF"))));
            assertEquals("cellar offline", next("cellar"));
            assertEquals("beer.temperature=20.5", next("beer"));
            assertFalse(listener.heard.contains("down"), listener.heard.toString());
        }
    }

    @Test void aSensorThatTwoDevicesClaimIsReadForOne() throws Exception {
        try (var server = new ScriptedServer(_ -> ScriptedServer.value("20.5"))) {
            driver.serve(Map.of(BEER, block(server.address()), new ObjectKey("home", "copy"), block(server.address())));
            assertEquals("withdrawn " + ID, next("withdrawn"));
            assertEquals("refused spec.connection.onewire of home/copy: another Device is " + ID + " already; delete one of the two", next("refused"));
            assertEquals("beer.temperature=20.5", next("beer"));
        }
    }

    @Test void blocksThatMakeNoSenseAreRefusedInWords() throws Exception {
        refused(JsonObject.of("id", "28.12"), "expected an id such as 28.67C6697351FF, found \"28.12\"");
        refused(JsonObject.of("id", ID, "address", ":x"), "expected an address such as 192.168.1.9:4304, found \":x\"");
        refused(JsonObject.of("id", ID, "address", "host:99999"), "expected an address such as 192.168.1.9:4304, found \"host:99999\"");
        refused(JsonObject.of("id", ID, "pollSeconds", 0), "pollSeconds is at least 1; found 0");
        refused(Json.parse("{\"id\": \"%s\", \"properties\": [{\"name\": \"t\", \"path\": \"../settings/x\"}]}".formatted(ID)).object(),
                "expected a path such as temperature, found \"../settings/x\"");
    }

    private void refused(JsonObject block, String why) throws InterruptedException {
        var name = "odd" + refusals++;
        driver.serve(Map.of(new ObjectKey("home", name), block));
        assertEquals("refused spec.connection.onewire of home/" + name + ": " + why, next("refused"));
    }

    @Test void moreServersThanAHomeHasAreRefused() throws Exception {
        driver.serve(IntStream.range(0, 20).boxed().collect(Collectors.toMap(i -> new ObjectKey("home", "d%02d".formatted(i)),
                i -> JsonObject.of("id", "28.%012d".formatted(i), "address", "127.0.0.1:" + (1 + i)))));
        assertEquals("refused spec.connection.onewire of home/d16: more than 16 owservers are named", next("refused spec"));
    }

    @Test void aBusOfHundredsShowsAsManyAsAHouseHas() throws Exception {
        try (var server = new ScriptedServer(_ -> ScriptedServer.value("20.5"))) {
            server.directory = IntStream.range(0, 500).mapToObj("/28.%012X"::formatted).collect(Collectors.joining(","));
            driver.serve(Map.of(BEER, block(server.address())));
            assertEquals("beer.temperature=20.5", next("beer"));
            assertEquals(OneWireDriver.SHOWN_MAX, listener.announcements.size());
        }
    }
}
