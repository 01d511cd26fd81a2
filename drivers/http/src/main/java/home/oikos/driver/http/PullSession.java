package home.oikos.driver.http;

import home.oikos.api.ObjectKey;
import home.oikos.driver.Delivery;
import home.oikos.driver.FirmwareEvent;
import home.oikos.driver.FirmwareOffer;
import home.oikos.driver.FirmwareOffer.Stage;
import home.oikos.driver.FirmwareTarget;
import home.oikos.driver.ImageRecipient;
import home.oikos.driver.MessageLine;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One device of the channel: asks it what it runs, and leads it through an update. Its own thread runs it; others tell it by [#serve] and [#end].
/// Whether an update went well says the version that the device tells afterwards.
final class PullSession implements Runnable {
    private static final int POLL_SECONDS = 300;
    private static final int DEADLINE_SECONDS = 900;

    private final ObjectKey device;
    private final PullWays ways;
    private final Semaphore wakes = new Semaphore(0);
    private volatile FirmwareTarget target;
    private volatile boolean over;
    /// The offer that this session said was taken up, and whether that is on the disk.
    private volatile int takenUp;
    private volatile boolean written;
    /// The last update that is at its end; the target may not say so yet.
    private int ended;
    private PullUpdate update;
    /// Whether it was told that the device does not answer.
    private boolean away;

    PullSession(ObjectKey device, FirmwareTarget target, PullWays ways) {
        this.device = device;
        this.target = target;
        this.ways = ways;
    }

    void serve(FirmwareTarget now) {
        if (now.equals(target)) return;
        target = now;
        wakes.release();
    }

    void end() {
        over = true;
        wakes.release();
    }

    @Override
    public void run() {
        try {
            while (!over) {
                var wait = step();
                wakes.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
                wakes.drainPermits();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            leave();
        }
    }

    /// @return how long nothing has to be done
    private Duration step() throws InterruptedException {
        var now = target;
        var offer = now.offer().filter(open -> open.actionId() != ended);
        if (update != null && offer.filter(update::isFor).isEmpty()) leave();
        if (offer.isPresent() && offer.get().canceling()) {
            stop(offer.get());
            return ways.pace();
        }
        try {
            var appliance = appliance(now);
            var identity = identify(appliance, now);
            if (offer.isEmpty()) return Duration.ofSeconds(now.model().at("pollSeconds").integer(POLL_SECONDS));
            pursue(offer.get(), appliance, identity);
        } catch (IllegalArgumentException senseless) {
            ways.refused("spec.firmware of " + device, senseless.getMessage());
            return Duration.ofSeconds(POLL_SECONDS);
        }
        return ways.pace();
    }

    /// @throws IllegalArgumentException when nobody can know how to speak to it
    private Appliance appliance(FirmwareTarget now) {
        var dialect = now.model().at("dialect").text("");
        var topic = now.device().at("topic").text("");
        return switch (dialect) {
            case "Shelly" -> new Shelly(topic.isEmpty() ? new ShellyHttp(ways.asker(), place(now), now.token())
                    : new ShellyMqtt(line(), topic, ways.patience()));
            case "Tasmota" -> new Tasmota(topic.isEmpty() ? new TasmotaHttp(ways.asker(), place(now), now.token())
                    : new TasmotaMqtt(line(), topic, ways.patience()));
            default -> throw new IllegalArgumentException("expected the model to name the dialect Shelly or Tasmota, found \"" + dialect + "\"");
        };
    }

    private static Asker.Place place(FirmwareTarget now) {
        return Asker.Place.read(now.device().at("address").text(""));
    }

    private MessageLine line() {
        return ways.line().orElseThrow(() -> new IllegalArgumentException("it has a topic, and this home has no broker"));
    }

    private Optional<Appliance.Identity> identify(Appliance appliance, FirmwareTarget now) throws InterruptedException {
        try {
            var identity = appliance.identify();
            away = false;
            boolean isKnown = identity.version().equals(now.version());
            tell(isKnown ? new FirmwareEvent.Here() : new FirmwareEvent.Running(identity.version(), identity.hardwareId()));
            return Optional.of(identity);
        } catch (IOException silent) {
            // While it begins anew that is as it should be; one that is off for a month is told of once.
            if (update == null && !over && !away) ways.refused(device.toString(), silent.getMessage());
            away = update == null;
            return Optional.empty();
        }
    }

    private void pursue(FirmwareOffer offer, Appliance appliance, Optional<Appliance.Identity> identity) throws InterruptedException {
        boolean isThere = identity.filter(known -> known.version().equals(offer.version())).isPresent();
        switch (offer.stage()) {
            case OFFERED -> {
                // One that runs it already has said so, and that ends the offer.
                if (identity.isPresent() && !isThere) takeUp(offer);
            }
            case LOADING -> {
                if (isThere) end(offer, new FirmwareEvent.Done(offer.actionId()));
                else if (update != null) follow(offer, appliance, identity);
                else if (takenUp != offer.actionId() || written) begin(offer, appliance, identity);
            }
            case LOADED, WRITTEN, DONE -> {
                if (update == null) update = PullUpdate.resumed(offer.actionId());
                if (isThere) end(offer, new FirmwareEvent.Done(offer.actionId()));
                else follow(offer, appliance, identity);
            }
        }
    }

    /// From here on the device may change, so it hears of it only once that is on the disk.
    private void takeUp(FirmwareOffer offer) {
        if (takenUp == offer.actionId()) return;
        takenUp = offer.actionId();
        written = false;
        ways.listener().heard(device, new FirmwareEvent.TakenUp(offer.actionId()), Delivery.asking(() -> {
            written = true;
            wakes.release();
        }, () -> takenUp = 0));
    }

    private void begin(FirmwareOffer offer, Appliance appliance, Optional<Appliance.Identity> identity) throws InterruptedException {
        if (identity.isEmpty()) return;
        try {
            var within = Duration.ofSeconds(target.model().at("reportDeadlineSeconds").integer(DEADLINE_SECONDS));
            var recipient = new ImageRecipient(device, addresses(target), within);
            var begun = new PullUpdate(offer.actionId(), identity.get().uptimeSeconds(), ways.nanos().getAsLong());
            begun.fetchesAt(ways.images().open(recipient, offer.image(), percent -> left(begun, percent)));
            update = begun;
            send(offer, appliance);
        } catch (IOException full) {
            ways.refused(device.toString(), full.getMessage());
        }
    }

    private static Set<InetAddress> addresses(FirmwareTarget target) throws IOException {
        boolean known = !target.device().at("address").text("").isEmpty();
        return known ? Set.of(InetAddress.getAllByName(place(target).host())) : Set.of();
    }

    private void left(PullUpdate one, int percent) {
        tell(new FirmwareEvent.Loaded(one.actionId(), percent));
        one.left(percent);
        wakes.release();
    }

    private void send(FirmwareOffer offer, Appliance appliance) throws InterruptedException {
        try {
            appliance.fetch(update.url(ways.patience()));
            update.sent();
        } catch (Appliance.Declined no) {
            end(offer, new FirmwareEvent.Failed(offer.actionId(), no.getMessage()));
        } catch (TimeoutException | ExecutionException shut) {
            ways.refused(device.toString(), "no port is open from which it could fetch its firmware");
        } catch (IOException away) {
            ways.refused(device.toString(), away.getMessage());
        }
    }

    private void follow(FirmwareOffer offer, Appliance appliance, Optional<Appliance.Identity> identity) throws InterruptedException {
        if (update.isToBeSent()) {
            send(offer, appliance);
        } else if (update.hasAll() && offer.stage().compareTo(Stage.WRITTEN) < 0) {
            tell(new FirmwareEvent.Written(offer.actionId()));
        } else if (identity.filter(back -> update.cameBack(back, ways.nanos().getAsLong())).isPresent()) {
            end(offer, new FirmwareEvent.Done(offer.actionId()));
            tell(new FirmwareEvent.Running(identity.get().version(), identity.get().hardwareId()));
        }
    }

    /// A device that has not all of it cannot go on without this home; one that has is on its way.
    private void stop(FirmwareOffer offer) {
        boolean hasAll = offer.stage().compareTo(Stage.LOADED) >= 0 || update != null && update.hasAll();
        if (hasAll) tell(new FirmwareEvent.GoesOn(offer.actionId()));
        else end(offer, new FirmwareEvent.Stopped(offer.actionId()));
    }

    private void end(FirmwareOffer offer, FirmwareEvent how) {
        ended = offer.actionId();
        leave();
        tell(how);
    }

    private void leave() {
        if (update != null) update.close();
        update = null;
    }

    private void tell(FirmwareEvent event) {
        ways.listener().heard(device, event, Delivery.NONE);
    }
}
