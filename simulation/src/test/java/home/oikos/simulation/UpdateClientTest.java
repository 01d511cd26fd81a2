package home.oikos.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.Delivery;
import home.oikos.driver.FirmwareEvent;
import home.oikos.driver.FirmwareImage;
import home.oikos.driver.FirmwareListener;
import home.oikos.driver.FirmwareOffer;
import home.oikos.driver.FirmwareTarget;
import home.oikos.driver.ddi.DdiChannel;
import home.oikos.http.Filter;
import home.oikos.http.HttpServer;
import home.oikos.http.ListenerOptions;
import home.oikos.http.ServerCertificate;
import home.oikos.pki.CertificateAuthority;
import home.oikos.pki.CertificateFile;
import home.oikos.pki.ServerNames;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The dishwasher of the house updates from the home's own channel, over TLS; the clock of the house is the test's.
class UpdateClientTest {
    private static final ObjectKey DISHWASHER = new ObjectKey("home", "dishwasher");
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir Path directory;
    private final House house = House.demo(new SplittableRandom(7));
    private final Thing dishwasher = house.thing("dishwasher");
    private final DdiChannel channel = new DdiChannel(Clock.systemUTC());
    private final List<String> heard = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;
    private HttpClient http;
    private UpdateClient client;

    @BeforeEach void open() throws Exception {
        var names = ServerNames.of("localhost", List.of(), List.of(InetAddress.ofLiteral("127.0.0.1")));
        var authority = CertificateAuthority.open(directory, names, Clock.systemUTC(), new SecureRandom());
        var certificate = new CertificateFile(directory, authority).server(names);
        Files.writeString(directory.resolve("ca.pem"), authority.certificatePem());
        server = HttpServer.start(new ListenerOptions(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                new ServerCertificate(certificate.key(), certificate.chain())), Filter.chain(List.of(channel), (_, _) -> { }));
        http = UpdateClient.http(vertx, directory.resolve("ca.pem"));
        Function<Supplier<Object>, Object> atOnce = Supplier::get;
        client = new UpdateClient(dishwasher, dishwasher.board().orElseThrow(), "https://127.0.0.1:%d/home/controller/v1/dishwasher".formatted(server.port()),
                TOKEN, http, atOnce);
        channel.start(listener);
        serve(Optional.empty());
    }

    @AfterEach void close() {
        http.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    private final FirmwareListener listener = new FirmwareListener() {
        @Override
        public void heard(ObjectKey device, FirmwareEvent event, Delivery delivery) {
            if (!(event instanceof FirmwareEvent.Here)) heard.add(event.toString());
            delivery.acknowledge();
        }

        @Override
        public void refused(String source, String why) {
            heard.add("refused " + source + ": " + why);
        }
    };

    private void serve(Optional<FirmwareOffer> offer) {
        channel.serve(Map.of(DISHWASHER, new FirmwareTarget(JsonObject.of("pollSeconds", 5), JsonObject.EMPTY, JsonObject.EMPTY, TOKEN, "2.0.0", offer,
                Optional.empty())));
    }

    private void offer(int action, String model, String version, String behaviour, boolean canceling) {
        var bytes = JsonObject.of("model", model, "version", version, "behaviour", behaviour).bytes();
        serve(Optional.of(new FirmwareOffer(action, "dishwasher-" + version, version, new Image(bytes), false, FirmwareOffer.Stage.OFFERED, canceling)));
    }

    private record Image(byte[] bytes) implements FirmwareImage {
        @Override
        public String fileName() {
            return "image.json";
        }

        @Override
        public long sizeBytes() {
            return bytes.length;
        }

        @Override
        public String sha256() {
            try {
                return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public String sha1() {
            return "";
        }

        @Override
        public String md5() {
            return "";
        }

        @Override
        public InputStream open(long offset) {
            return new ByteArrayInputStream(bytes, (int) offset, bytes.length);
        }
    }

    private String all() {
        return String.join("\n", heard);
    }

    @Test void itLoadsRestartsAndComesBackWithTheNewVersion() {
        assertEquals(Duration.ofSeconds(5), client.visit());
        assertEquals("Running[version=2.0.0, hardwareId=rev-a]", all());
        offer(1, "dishwasher", "2.1.0", "good", false);
        client.visit();
        assertTrue(all().endsWith("TakenUp[actionId=1]\nLoaded[actionId=1, percent=100]\nWritten[actionId=1]"), all());
        assertEquals(false, dishwasher.reachable(), "it restarts");
        client.visit();
        house.advance(Duration.ofSeconds(10));
        heard.clear();
        client.visit();
        assertEquals("Done[actionId=1]\nRunning[version=2.1.0, hardwareId=rev-a]", all());
    }

    @ParameterizedTest @CsvSource({"REVERTS, good", "LIE, reverts"})
    void oneThatFallsBackSaysSo(Fault fault, String behaviour) {
        dishwasher.fault(fault);
        offer(1, "dishwasher", "2.1.0", behaviour, false);
        client.visit();
        house.advance(Duration.ofSeconds(10));
        heard.clear();
        client.visit();
        assertTrue(all().startsWith("Failed[actionId=1, why=The device says that it failed: the new image did not start"), all());
        assertEquals("2.0.0", dishwasher.board().orElseThrow().version());
    }

    @Test void oneThatBricksIsSilentUntilItIsMendedAndThenTellsThatItFailed() {
        dishwasher.fault(Fault.BRICKS);
        offer(1, "dishwasher", "2.1.0", "good", false);
        client.visit();
        house.advance(Duration.ofHours(1));
        heard.clear();
        client.visit();
        assertEquals("", all());
        dishwasher.mend();
        client.visit();
        assertTrue(all().startsWith("Failed[actionId=1"), all());
    }

    @ParameterizedTest @CsvSource({"dishwasher, REFUSES, no room for the image", "fridge, STUCK, 'expected an image for dishwasher, found one for fridge'"})
    void oneThatCannotUseTheImageSaysWhy(String model, Fault fault, String why) {
        dishwasher.fault(fault);
        offer(1, model, "2.1.0", "good", false);
        client.visit();
        assertTrue(all().endsWith("why=The device says that it failed: " + why + "]"), all());
        assertTrue(dishwasher.reachable());
    }

    @Test void oneThatIsAskedToStopStops() {
        offer(1, "dishwasher", "2.1.0", "good", true);
        client.visit();
        assertTrue(all().contains("Stopped[actionId=1]"), all());
        assertTrue(dishwasher.reachable());
    }

    @Test void softwareThatFloodsDrawsWaterWithoutACycleAndTheMeterSeesIt() {
        offer(1, "dishwasher", "2.2.0", "floods", false);
        client.visit();
        house.advance(Duration.ofSeconds(60));
        assertEquals(false, dishwasher.says().get("running").bool(true));
        assertTrue(house.thing("flow-meter").says().get("flow").decimal(0) >= 3);
        assertEquals(false, house.thing("leak-sensor").says().get("wet").bool(true), "it pumps it out again");
    }

    @Test void whatRunsOutlivesTheProcessOfTheHouse() throws Exception {
        offer(1, "dishwasher", "2.2.0", "floods", false);
        client.visit();
        var file = Optional.of(directory.resolve("house.state"));
        new StateFile(file).save(house);
        var later = House.demo(new SplittableRandom(7));
        new StateFile(file).restore(later);
        later.advance(Duration.ofSeconds(60));
        assertEquals("2.2.0", later.thing("dishwasher").board().orElseThrow().version());
        assertTrue(Files.readString(file.get(), StandardCharsets.UTF_8).contains("\"actionId\":1"));
    }

    @Test void aHomeThatIsAwayIsAskedAgain() {
        server.close();
        assertEquals(Duration.ofSeconds(5), client.visit());
    }
}
