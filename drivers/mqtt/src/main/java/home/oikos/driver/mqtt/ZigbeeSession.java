package home.oikos.driver.mqtt;

import home.oikos.api.ObjectKey;
import home.oikos.driver.Delivery;
import home.oikos.driver.FirmwareEvent;
import home.oikos.driver.FirmwareImage;
import home.oikos.driver.FirmwareOffer;
import home.oikos.driver.FirmwareOffer.Stage;
import home.oikos.driver.FirmwareTarget;
import home.oikos.driver.ImagePlace;
import home.oikos.driver.ImageRecipient;
import home.oikos.driver.Refusals;
import home.oikos.driver.mqtt.ZigbeeBridge.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// One device behind a Zigbee2MQTT bridge: leads it through an update. Belongs to the event loop.
///
/// The bridge's "ok" ends nothing. A device that is awake is asked by the bridge what it runs, over the air, and that number counts; a sleeper cannot be
/// asked, so what its state says once the update is over counts.
final class ZigbeeSession {
    /// How finely progress is told: each step is a write to the disk of the home.
    private static final int STEP_PERCENT = 10;
    private static final int DEADLINE_SECONDS = 900;
    /// A sleeper's image waits for it to wake, however long: what is offered no longer is closed.
    private static final Duration SLEEP_MAX = Duration.ofDays(3_650);

    private final ObjectKey device;
    private final ZigbeeWays ways;
    private FirmwareTarget target;
    private ZigbeeBridge bridge = new ZigbeeBridge("");
    private String name = "";
    /// What the device's state said last.
    private ZigbeeBridge.Said said = new ZigbeeBridge.Said("", "", -1);
    /// The offer that this session said was taken up, and whether that is on the disk.
    private int takenUp;
    private boolean written;
    /// The last update that is at its end; the target may not say so yet.
    private int ended;
    private Work work;

    /// What an update waits for.
    private enum Step { PORT, UPDATE, SCHEDULE, WAKING, CHECK, PAUSE }

    /// An update in work.
    private static final class Work {
        private final int actionId;
        private Step step = Step.PAUSE;
        /// Counts what was asked: a port or a pause that something else went before is over.
        private int attempt;
        /// By which names the bridge answers what it was asked last, and what may still be under way meanwhile.
        private String transaction = "";
        private String update = "";
        private String abort = "";
        private ImagePlace place;
        /// Whether the bridge said that it is done: what the device runs then is the outcome.
        private boolean done;
        private boolean updating;
        private int percent;

        Work(int actionId) {
            this.actionId = actionId;
        }

        void leave() {
            if (place != null) place.close();
            place = null;
        }
    }

    ZigbeeSession(ObjectKey device, ZigbeeWays ways) {
        this.device = device;
        this.ways = ways;
    }

    ZigbeeBridge bridge() {
        return bridge;
    }

    String stateTopic() {
        return name.isEmpty() ? "" : bridge.base() + "/" + name;
    }

    boolean isOffered() {
        return target.offer().isPresent();
    }

    void serve(FirmwareTarget now) {
        target = now;
        var topic = now.connection().at("mqtt", "topic").text("");
        bridge = new ZigbeeBridge(DeviceBinding.bridge(topic, ways.zigbeeBase()));
        name = topic.startsWith(bridge.base() + "/") ? topic.substring(bridge.base().length() + 1) : "";
        if (name.isEmpty()) {
            ways.refused("spec.connection.mqtt of " + device, "expected the topic of a device behind a Zigbee2MQTT bridge, as in zigbee2mqtt/lamp");
        }
        settle();
    }

    /// The device is nobody's business any more.
    void end() {
        if (work != null) abandon();
    }

    /// Goes on toward what is offered. Called whenever something that it depends on may be another.
    void settle() {
        var offer = offer().orElse(null);
        if (work != null && (offer == null || offer.actionId() != work.actionId)) abandon();
        if (offer == null || name.isEmpty() || ways.version(bridge).isEmpty()) return;
        if (ways.version(bridge).get().isBefore(ZigbeeBridge.FETCHES)) {
            end(offer, new FirmwareEvent.Failed(offer.actionId(), "Zigbee2MQTT %s fetches no image from this home; expected %s or newer.".formatted(
                    ways.version(bridge).get(), ZigbeeBridge.FETCHES)));
        } else if (offer.canceling()) {
            stop(offer);
        } else if (work == null) {
            begin(offer);
        }
    }

    private Optional<FirmwareOffer> offer() {
        return target.offer().filter(open -> open.actionId() != ended);
    }

    private void begin(FirmwareOffer offer) {
        if (offer.stage() == Stage.OFFERED) {
            if (isSleepy()) ask(offer, Step.SCHEDULE);
            else takeUp(offer);
        } else if (isSleepy()) {
            work = new Work(offer.actionId());
            work.step = Step.WAKING;
        } else if (takenUp == offer.actionId() && offer.stage() == Stage.LOADING) {
            if (written) ask(offer, Step.UPDATE);
        } else {
            ask(offer, Step.CHECK);
        }
    }

    private boolean isSleepy() {
        return target.model().at("sleepy").bool(false);
    }

    /// From here on the device may change, so the bridge hears of it only once that is on the disk.
    private void takeUp(FirmwareOffer offer) {
        if (takenUp == offer.actionId()) return;
        takenUp = offer.actionId();
        written = false;
        ways.listener().heard(device, new FirmwareEvent.TakenUp(offer.actionId()), Delivery.asking(() -> ways.line().run(() -> {
            written = true;
            settle();
        }), () -> ways.line().run(() -> takenUp = 0)));
    }

    /// Opens a place for what the bridge has to fetch, then asks it.
    private void ask(FirmwareOffer offer, Step next) {
        if (work == null) work = new Work(offer.actionId());
        var asking = work;
        asking.leave();
        asking.step = Step.PORT;
        int attempt = ++asking.attempt;
        try {
            var image = next == Step.CHECK ? new EmptyIndex() : offer.image();
            asking.place = open(image);
            asking.place.url().thenAccept(url -> ways.line().run(() -> {
                if (work == asking && asking.attempt == attempt) ask(offer, next, url);
            }));
        } catch (IOException | IllegalArgumentException full) {
            ways.refused(device.toString(), full.getMessage());
            pause(next);
        }
    }

    private ImagePlace open(FirmwareImage image) throws IOException {
        var within = isSleepy() ? SLEEP_MAX : Duration.ofSeconds(target.model().at("reportDeadlineSeconds").integer(DEADLINE_SECONDS));
        var address = target.device().at("address").text("");
        return ways.images().open(new ImageRecipient(device, address.isEmpty() ? Set.of() : Set.of(literal(address)), within), image, _ -> { });
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException name) {
            throw new IllegalArgumentException("expected spec.firmware.address to be the bridge's address in digits, found \"" + address + "\"", name);
        }
    }

    private void ask(FirmwareOffer offer, Step next, String url) {
        var installed = said.installed().isEmpty() ? target.version() : said.installed();
        boolean older = ZigbeeBridge.isOlder(offer.version(), installed, offer.downgrade());
        var request = switch (next) {
            case UPDATE -> older ? Request.DOWNGRADE : Request.UPDATE;
            case SCHEDULE -> older ? Request.SCHEDULE_DOWNGRADE : Request.SCHEDULE;
            case CHECK -> Request.CHECK;
            case PORT, WAKING, PAUSE -> throw new IllegalStateException("nothing is asked to come to " + next);
        };
        work.step = next;
        work.transaction = publish(request, url);
        if (next == Step.UPDATE) work.update = work.transaction;
    }

    private String publish(Request request, String url) {
        var transaction = ways.transaction();
        ways.line().publish(bridge.topic(request), ZigbeeBridge.payload(name, url, transaction).toString());
        return transaction;
    }

    private void pause(Step next) {
        var paused = work;
        paused.step = Step.PAUSE;
        int attempt = ++paused.attempt;
        ways.line().later(ways.pause(), () -> {
            if (work == paused && paused.attempt == attempt) offer().ifPresent(offer -> ask(offer, next));
        });
    }

    /// The bridge answers a request.
    /// @param error empty when all went well
    void answered(String transaction, String error) {
        var offer = offer().orElse(null);
        if (transaction.isEmpty() || work == null || offer == null) return;
        if (transaction.equals(work.abort)) aborted(offer, error);
        else if (transaction.equals(work.update)) updated(offer, error);
        else if (transaction.equals(work.transaction)) answered(offer, error);
    }

    private void updated(FirmwareOffer offer, String error) {
        if (error.isEmpty()) finished(offer);
        else if (!work.abort.isEmpty()) end(offer, new FirmwareEvent.Stopped(offer.actionId()));
        else if (ZigbeeBridge.isBusy(error)) pause(Step.CHECK);
        else end(offer, new FirmwareEvent.Failed(offer.actionId(), "Zigbee2MQTT says: " + Refusals.shortened(error)));
    }

    private void answered(FirmwareOffer offer, String error) {
        switch (work.step) {
            case SCHEDULE -> {
                if (error.isEmpty()) work.step = Step.WAKING;
                else if (ZigbeeBridge.isBusy(error)) pause(Step.SCHEDULE);
                else end(offer, new FirmwareEvent.Failed(offer.actionId(), "Zigbee2MQTT says: " + Refusals.shortened(error)));
            }
            case CHECK -> {
                if (error.isEmpty() && !said.installed().isEmpty()) checked(offer);
                else pause(Step.CHECK);
            }
            case PORT, UPDATE, WAKING, PAUSE -> { }
        }
    }

    /// By the bridge's word; the device is asked next.
    private void finished(FirmwareOffer offer) {
        tell(new FirmwareEvent.Written(offer.actionId()));
        work.done = true;
        ask(offer, Step.CHECK);
    }

    private void checked(FirmwareOffer offer) {
        boolean isOver = work.done || offer.stage().compareTo(Stage.WRITTEN) >= 0 || said.installed().equals(offer.version());
        if (isOver) outcome(offer);
        else ask(offer, Step.UPDATE);
    }

    private void outcome(FirmwareOffer offer) {
        end(offer, new FirmwareEvent.Done(offer.actionId()));
        tell(new FirmwareEvent.Running(said.installed(), ""));
    }

    private void aborted(FirmwareOffer offer, String error) {
        if (error.isEmpty()) end(offer, new FirmwareEvent.Stopped(offer.actionId()));
        else tell(new FirmwareEvent.GoesOn(offer.actionId()));
    }

    /// The bridge has begun anew, or we hear it again after a while: what it was at, or its answer, may be lost. It remembers what is scheduled.
    void bridgeIsBack() {
        if (work == null || work.step != Step.UPDATE && work.step != Step.SCHEDULE) return;
        offer().ifPresent(offer -> ask(offer, work.step == Step.UPDATE ? Step.CHECK : Step.SCHEDULE));
    }

    /// The state of the device speaks of its firmware.
    void said(ZigbeeBridge.Said now) {
        said = now;
        boolean fromDevice = work == null || work.step == Step.CHECK || isSleepy();
        boolean settled = !now.isUpdating() && !now.installed().isEmpty();
        if (fromDevice && settled && !now.installed().equals(target.version())) tell(new FirmwareEvent.Running(now.installed(), ""));
        var offer = offer().orElse(null);
        if (work == null || offer == null) return;
        if (now.isScheduled() && work.step == Step.SCHEDULE) work.step = Step.WAKING;
        if (now.isUpdating()) progress(offer, now);
        else if (work.step == Step.WAKING && !work.done) sleeperRests(offer, now);
    }

    private void progress(FirmwareOffer offer, ZigbeeBridge.Said now) {
        if (isSleepy() && !work.updating) tell(new FirmwareEvent.TakenUp(offer.actionId()));
        work.updating = true;
        int percent = Math.clamp(now.percent() / STEP_PERCENT * STEP_PERCENT, 0, 100);
        if (percent <= work.percent) return;
        work.percent = percent;
        tell(new FirmwareEvent.Loaded(offer.actionId(), percent));
    }

    /// Nobody answers for a sleeper: its state alone says how it went.
    private void sleeperRests(FirmwareOffer offer, ZigbeeBridge.Said now) {
        if (now.installed().equals(offer.version())) {
            if (offer.stage() == Stage.OFFERED && !work.updating) tell(new FirmwareEvent.TakenUp(offer.actionId()));
            outcome(offer);
        } else if (!now.isScheduled()) {
            end(offer, new FirmwareEvent.Failed(offer.actionId(), "Zigbee2MQTT has it scheduled no longer, and it runs %s.".formatted(
                    now.installed().isEmpty() ? "nobody knows what" : now.installed())));
        } else if (work.updating || work.place == null) {
            // It broke off, and is to begin again when it wakes: from another place, for the image was fetched from that one.
            work.updating = false;
            work.percent = 0;
            ask(offer, Step.SCHEDULE);
        }
    }

    private void stop(FirmwareOffer offer) {
        if (work == null) work = new Work(offer.actionId());
        if (!work.abort.isEmpty()) return;
        boolean canAbort = !ways.version(bridge).orElseThrow().isBefore(ZigbeeBridge.ABORTS);
        if (canAbort && offer.stage().compareTo(Stage.WRITTEN) < 0) {
            if (isSleepy()) publish(Request.UNSCHEDULE, "");
            work.abort = publish(Request.ABORT, "");
        } else {
            work.abort = "none";
            tell(new FirmwareEvent.GoesOn(offer.actionId()));
        }
    }

    /// What is offered no more must not be taken up any more; what is under way is broken off, where the bridge can.
    private void abandon() {
        boolean underWay = !work.done && (work.updating || work.step == Step.UPDATE);
        leave();
        if (isSleepy()) publish(Request.UNSCHEDULE, "");
        boolean canAbort = ways.version(bridge).filter(version -> !version.isBefore(ZigbeeBridge.ABORTS)).isPresent();
        if (canAbort && underWay) publish(Request.ABORT, "");
    }

    private void end(FirmwareOffer offer, FirmwareEvent how) {
        ended = offer.actionId();
        leave();
        tell(how);
    }

    private void leave() {
        if (work != null) work.leave();
        work = null;
    }

    private void tell(FirmwareEvent event) {
        ways.listener().heard(device, event, Delivery.NONE);
    }
}
