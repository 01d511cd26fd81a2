package home.oikos.driver.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.base.StandingClock;
import home.oikos.driver.ByteImage;
import home.oikos.driver.HeardListener;
import home.oikos.driver.ImagePlace;
import home.oikos.driver.ImageRecipient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Images handed out over real sockets, to those who may have them and to others.
class ImageServerTest {
    private static final ObjectKey PLUG = new ObjectKey("home", "plug");
    private static final Duration WITHIN = Duration.ofMinutes(15);
    private static final byte[] BYTES = new byte[300_000];

    static {
        for (int i = 0; i < BYTES.length; i++) BYTES[i] = (byte) (i * 31 >> 3);
    }

    private final HeardListener listener = new HeardListener();
    private final BlockingQueue<Integer> left = new LinkedBlockingQueue<>();
    private final Poster poster = new Poster();
    private final StandingClock clock = StandingClock.at("2026-01-01T00:00:00Z");
    private final HttpDriver driver = new HttpDriver(poster.settings(), _ -> Optional.empty(), clock, new SecureRandom());
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ImageServerTest() throws IOException {
        driver.start(listener);
    }

    @AfterEach void close() {
        driver.close();
        client.close();
    }

    private ImagePlace open(String... addresses) throws IOException {
        return open(new ByteImage("plug-2.bin", BYTES), addresses);
    }

    private ImagePlace open(ByteImage image, String... addresses) throws IOException {
        var from = new ArrayList<InetAddress>();
        for (var address : addresses) from.add(InetAddress.ofLiteral(address));
        return driver.open(new ImageRecipient(PLUG, Set.copyOf(from), WITHIN), image, left::add);
    }

    private int left() throws InterruptedException {
        var percent = left.poll(60, TimeUnit.SECONDS);
        if (percent == null) throw new AssertionError("nothing more has left");
        return percent;
    }

    private HttpResponse<byte[]> get(String url, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String words(HttpResponse<byte[]> answer) {
        return answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8).strip();
    }

    @Test void aDeviceFetchesItsImageOnceAndTheHomeSeesHowFarItIs() throws Exception {
        try (var place = open("127.0.0.1")) {
            var url = place.url().get();
            assertTrue(url.matches("http://127\\.0\\.0\\.1:%d/firmware/[A-Za-z0-9_-]{22}\\.bin".formatted(poster.port)), url);
            assertArrayEquals(BYTES, get(url).body());
            var told = new ArrayList<Integer>();
            while (told.isEmpty() || told.getLast() < 100) told.add(left());
            assertEquals(List.of(10, 20, 30, 40, 50, 60, 70, 80, 90, 100), told);
            assertEquals("410 the firmware of home/plug was fetched already", words(get(url)));
        }
    }

    @Test void aWrongTokenOpensNothingAndSaysNothing() throws Exception {
        try (var place = open()) {
            var url = place.url().get();
            assertEquals("404 nothing is handed out here", words(get(url.replaceAll("/firmware/.*", "/firmware/AAAAAAAAAAAAAAAAAAAAAA.bin"))));
            assertEquals("404 nothing is handed out here", words(get(url.replace(".bin", ""))));
            assertEquals("404 nothing is handed out here", words(get(url.replaceAll("/firmware/.*", "/firmware/"))));
            assertEquals(200, get(url).statusCode());
        }
    }

    @Test void anotherAddressIsRefusedAndTheDeviceGetsItAllTheSame() throws Exception {
        try (var place = open("127.0.0.1"); var stranger = HttpClient.newBuilder().localAddress(InetAddress.ofLiteral("127.0.0.9")).build()) {
            var request = HttpRequest.newBuilder(URI.create(place.url().get())).build();
            var refused = stranger.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertEquals("403 the firmware of home/plug is for [/127.0.0.1] alone", words(refused));
            assertEquals(200, get(place.url().get()).statusCode());
        }
    }

    @Test void whoComesTooLateGetsNothing() throws Exception {
        try (var place = open("127.0.0.1")) {
            clock.advance(WITHIN);
            assertEquals("410 the firmware of home/plug was to be fetched until 2026-01-01T00:15:00Z", words(get(place.url().get())));
        }
    }

    @Test void oneCopyMayBeFetchedInRangesAndNotASecond() throws Exception {
        try (var place = open()) {
            var url = place.url().get();
            assertEquals(206, get(url, "Range", "bytes=0-99999").statusCode());
            var rest = get(url, "Range", "bytes=100000-");
            assertEquals("bytes 100000-299999/300000", rest.headers().firstValue("Content-Range").orElse(""));
            assertArrayEquals(Arrays.copyOfRange(BYTES, 100_000, BYTES.length), rest.body());
            while (left() < 100) { }
            assertEquals(410, get(url, "Range", "bytes=0-9").statusCode());
        }
    }

    @Test void aRangeBeyondTheEndIsNamedAndAnotherMethodIsRefused() throws Exception {
        try (var place = open()) {
            var url = place.url().get();
            var beyond = get(url, "Range", "bytes=300000-");
            assertEquals("416 bytes */300000", beyond.statusCode() + " " + beyond.headers().firstValue("Content-Range").orElse(""));
            var post = client.send(HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString("x")).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertEquals("405 expected a GET", words(post));
            var head = client.send(HttpRequest.newBuilder(URI.create(url)).HEAD().build(), HttpResponse.BodyHandlers.ofByteArray());
            assertEquals("200 300000", head.statusCode() + " " + head.headers().firstValue("Content-Length").orElse(""));
            assertEquals(200, get(url).statusCode(), "asking how long it is was no fetch");
        }
    }

    @Test void aFetchThatBrokeOffMayBeginAnewButNotWithoutEnd() throws Exception {
        try (var place = open()) {
            var url = place.url().get();
            // Bytes that leave out the first one make no whole copy, however often they are fetched.
            assertEquals(206, get(url, "Range", "bytes=1-").statusCode());
            assertEquals(206, get(url, "Range", "bytes=1-").statusCode());
            assertThrows(IOException.class, () -> get(url, "Range", "bytes=1-"), "two bytes of two copies were left");
            assertEquals(410, get(url).statusCode());
        }
    }

    @ParameterizedTest @ValueSource(booleans = {true, false})
    void whatTheDiskHasLostNeverLooksWhole(boolean missing) throws Exception {
        var damaged = BYTES.clone();
        damaged[77_777] ^= 1;
        try (var place = open(missing ? new ByteImage("plug-2.bin", BYTES, 100_000) : new ByteImage("plug-2.bin", BYTES).foundAs(damaged))) {
            var url = place.url().get();
            assertThrows(IOException.class, () -> get(url));
            assertFalse(left.contains(100));
        }
    }

    @Test void thePortIsOpenWhileSomethingIsToBeFetchedAndNoLonger() throws Exception {
        assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", poster.port).close());
        var place = open();
        var other = open();
        var url = place.url().get();
        place.close();
        assertEquals(HttpSettings.Use.IMAGES, poster.opened.take());
        assertEquals(404, get(url).statusCode(), "closed");
        other.close();
        poster.awaitShut();
        driver.serve(Map.of(PLUG, JsonObject.of("format", "Ispindel", "id", "1")));
        assertEquals(HttpSettings.Use.SENSORS, poster.opened.take());
        var third = open();
        assertEquals(200, get(third.url().get()).statusCode());
        third.close();
        assertEquals(200, poster.post("{\"ID\":1,\"temperature\":20}").statusCode(), "sensors post on");
    }

    @Test void onlySoManyImagesAreHandedOutAtOnce() throws Exception {
        var places = new ArrayList<ImagePlace>();
        for (int i = 0; i < Shelf.PLACES_MAX; i++) places.add(open());
        assertEquals("64 images are handed out already; home/plug has to wait", assertThrows(IOException.class, this::open).getMessage());
        places.getFirst().close();
        places.add(open());
        places.forEach(ImagePlace::close);
    }
}
