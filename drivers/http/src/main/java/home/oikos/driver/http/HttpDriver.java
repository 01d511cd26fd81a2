package home.oikos.driver.http;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.Command;
import home.oikos.driver.DeviceListener;
import home.oikos.driver.Driver;
import home.oikos.driver.FirmwareImage;
import home.oikos.driver.ImagePlace;
import home.oikos.driver.ImageRecipient;
import home.oikos.driver.ImageServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntConsumer;

/// The HTTP driver. No port is open until a Device asks for it or a device has an image to fetch, and none once that is over. Methods may be called
/// from any thread.
public final class HttpDriver implements Driver, ImageServer {
    private final HttpSettings settings;
    private final Function<ObjectKey, Optional<String>> tokens;
    private final Clock clock;
    private final Shelf shelf;
    private final Set<HttpSettings.Use> told = EnumSet.noneOf(HttpSettings.Use.class);
    private DeviceListener listener;
    private Desk desk;
    private Door door;
    private CompletableFuture<InetSocketAddress> open;
    private boolean posts;
    private boolean closed;

    /// @param tokens what is in the Secret of a sensor's token; empty when there is none of that name
    /// @param random makes the places that images are fetched from
    public HttpDriver(HttpSettings settings, Function<ObjectKey, Optional<String>> tokens, Clock clock, SecureRandom random) {
        this.settings = settings;
        this.tokens = tokens;
        this.clock = clock;
        this.shelf = new Shelf(random, clock);
    }

    @Override
    public String protocol() {
        return "http";
    }

    @Override
    public synchronized void start(DeviceListener told) {
        listener = told;
        desk = new Desk(told, tokens, clock);
        // Whoever starts it may be who has to take the word.
        Thread.ofVirtual().name("http link").start(() -> told.linked(true, ""));
    }

    @Override
    public synchronized void serve(Map<ObjectKey, JsonObject> connections) {
        if (closed) return;
        posts = desk.serve(connections);
        settle();
    }

    @Override
    public synchronized ImagePlace open(ImageRecipient recipient, FirmwareImage image, IntConsumer left) throws IOException {
        if (closed || listener == null) throw new IOException("the HTTP driver does not run");
        openDoor();
        var address = open.thenApply(settings.place()::reached);
        try {
            return shelf.put(recipient, image, left, address, this::settle);
        } finally {
            settle();
        }
    }

    /// Opens the port when somebody needs it, and shuts it when nobody does.
    private synchronized void settle() {
        if (closed) return;
        if (!posts && shelf.isEmpty()) {
            shut();
            return;
        }
        openDoor();
        if (posts) tell(HttpSettings.Use.SENSORS);
        if (!shelf.isEmpty()) tell(HttpSettings.Use.IMAGES);
    }

    private void openDoor() {
        if (door != null) return;
        door = new Door(settings, desk, shelf, listener, Door.REQUEST_MAX);
        open = door.open();
    }

    /// Once for as long as the port stays open.
    private void tell(HttpSettings.Use use) {
        if (told.add(use)) open.thenAccept(place -> settings.opened().accept(place, use));
    }

    private void shut() {
        if (door != null) door.close();
        door = null;
        told.clear();
    }

    /// Sensors speak; nothing here listens.
    @Override
    public void send(Command command) throws IOException {
        throw new IOException("a sensor that posts takes no commands");
    }

    @Override
    public synchronized void close() {
        closed = true;
        shut();
    }
}
