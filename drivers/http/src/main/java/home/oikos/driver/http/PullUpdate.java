package home.oikos.driver.http;

import home.oikos.driver.FirmwareOffer;
import home.oikos.driver.ImagePlace;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// An update in work: what this process knows of it. The thread of its [PullSession] calls it; [#left] comes from whoever copies.
final class PullUpdate {
    /// Clocks of devices are no good; what they are off by in the minutes of an update is less.
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(3);

    private final int actionId;
    private final long uptimeSeconds;
    private final long begunNanos;
    private ImagePlace place;
    private boolean sent;
    private volatile int percent;

    /// @param uptimeSeconds of the device when this began
    PullUpdate(int actionId, long uptimeSeconds, long begunNanos) {
        this.actionId = actionId;
        this.uptimeSeconds = uptimeSeconds;
        this.begunNanos = begunNanos;
    }

    /// One that had all of its image before this process began.
    static PullUpdate resumed(int actionId) {
        var update = new PullUpdate(actionId, Appliance.Identity.NO_UPTIME, 0);
        update.percent = 100;
        return update;
    }

    int actionId() {
        return actionId;
    }

    boolean isFor(FirmwareOffer offer) {
        return offer.actionId() == actionId;
    }

    void fetchesAt(ImagePlace opened) {
        place = opened;
    }

    String url(Duration patience) throws InterruptedException, TimeoutException, ExecutionException {
        return place.url().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    void sent() {
        sent = true;
    }

    /// One that fetches has heard, though its answer was lost.
    boolean isToBeSent() {
        return !sent && percent == 0;
    }

    void left(int newPercent) {
        percent = newPercent;
    }

    boolean hasAll() {
        return percent == 100;
    }

    /// Whether the device has begun anew since it was told to fetch: it has run for a shorter time than it would have otherwise.
    boolean cameBack(Appliance.Identity back, long nanos) {
        if (!hasAll() || uptimeSeconds < 0 || back.uptimeSeconds() < 0) return false;
        long without = uptimeSeconds + Duration.ofNanos(nanos - begunNanos).toSeconds();
        return back.uptimeSeconds() + CLOCK_SLACK.toSeconds() < without || back.uptimeSeconds() < uptimeSeconds;
    }

    void close() {
        if (place != null) place.close();
    }
}
