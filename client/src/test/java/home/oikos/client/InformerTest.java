package home.oikos.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InformerTest {
    private final FakeApi api = new FakeApi(Clock.systemUTC(), Resources.CONFIG_MAPS);
    private final ApiClient client = new ApiClient(api);
    private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
    private final Informer<String> informer = new Informer<>(client, Informer.Scope.all(Resources.CONFIG_MAPS),
            object -> object.at("data", "color").text(""), time -> { }, new Random(1));
    private Thread thread;

    @BeforeEach
    void start() throws InterruptedException {
        create("before", "red");
        informer.cache().onChange((key, before, after) -> changes.add(key.name() + " " + before + " " + after));
        thread = Thread.ofVirtual().start(informer::run);
        informer.cache().awaitSynced();
        assertEquals("before null red", next());
    }

    @AfterEach
    void stop() throws InterruptedException {
        informer.close();
        thread.interrupt();
        thread.join();
    }

    @Test
    void changesReachTheCacheAndItsHandlers() throws InterruptedException {
        create("sky", "blue");
        assertEquals("sky null blue", next());
        client.patch(Resources.CONFIG_MAPS, key("sky"), Patch.merge("data", JsonObject.of("color", "grey")));
        assertEquals("sky blue grey", next());
        client.delete(Resources.CONFIG_MAPS, key("sky"), DeleteOptions.DEFAULT);
        assertEquals("sky grey null", next());
        assertEquals(List.of(key("before")), informer.cache().keys());
    }

    @Test
    void aChangeOfWhatIsNotKeptWakesNobody() throws InterruptedException {
        client.patch(Resources.CONFIG_MAPS, key("before"), Patch.merge("metadata", JsonObject.of("labels", JsonObject.of("a", "b"))));
        create("after", "green");
        assertEquals("after null green", next());
    }

    @Test
    void aLostWatchGoesOnWhereItStopped() throws InterruptedException {
        api.objects().cutWatches();
        create("sky", "blue");
        assertEquals("sky null blue", next());
    }

    @Test
    void afterAGapInHistoryWhatVanishedIsToldAsDeleted() throws InterruptedException {
        // Inside the server's lock, so that the informer cannot come back in between.
        synchronized (api.objects()) {
            api.objects().cutWatches();
            client.delete(Resources.CONFIG_MAPS, key("before"), DeleteOptions.DEFAULT);
            create("sky", "blue");
            api.objects().compact();
        }
        assertEquals("before red null", next());
        assertEquals("sky null blue", next());
    }

    @Test
    void anIndexFollowsEveryChange() throws InterruptedException {
        var byColor = informer.cache().index(color -> List.of(color));
        create("rose", "red");
        next();
        assertEquals(List.of(key("before"), key("rose")), byColor.keys("red"));
        client.patch(Resources.CONFIG_MAPS, key("rose"), Patch.merge("data", JsonObject.of("color", "white")));
        next();
        assertEquals(List.of(key("before")), byColor.keys("red"));
        assertEquals(List.of("white"), byColor.get("white"));
    }

    @Test
    void aHandlerThatComesLateHearsOfWhatIsThere() {
        var late = new LinkedBlockingQueue<String>();
        informer.cache().onChange((key, _, after) -> late.add(key.name() + " " + after));
        assertTrue(late.contains("before red"));
    }

    private void create(String name, String color) {
        client.create(Resources.CONFIG_MAPS, JsonObject.of("apiVersion", "v1", "kind", "ConfigMap",
                "metadata", JsonObject.of("name", name, "namespace", "home"), "data", JsonObject.of("color", color)));
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("home", name);
    }

    private String next() throws InterruptedException {
        return changes.poll(10, TimeUnit.SECONDS);
    }
}
