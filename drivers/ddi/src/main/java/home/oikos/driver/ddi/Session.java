package home.oikos.driver.ddi;

import home.oikos.driver.FirmwareOffer;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/// What is remembered of a device while this process runs; nothing of it is needed by the next. Safe for any thread.
final class Session {
    /// A client that streams an image asks for many small ranges: at 64 KiB a range this is 3 MB a second.
    static final int REQUESTS_PER_SECOND = 50;
    static final int REQUESTS_BURST = 400;
    /// Downloads of one device at once; those known use one, or one for each part of an image.
    static final int DOWNLOADS_MAX = 4;
    /// What a device may say of one update without an end to it; real ones say 3 to 40 things.
    static final int STATUSES_MAX = 1_000;

    /// How often it is told that a device is there, however often it asks: much less than the minute for which a silent one counts as there.
    static final int HERE_PERIOD_MILLIS = 10_000;

    private final Allowance requests;
    private final Semaphore downloads = new Semaphore(DOWNLOADS_MAX);
    /// An answer may overtake what follows from it: the device is not to hear again of what it has just ended.
    private int over;
    private int done;
    private int takenUp;
    private int statusesOf;
    private int statuses;
    private int percent;
    private boolean asked = true;
    private OptionalLong here = OptionalLong.empty();

    Session(long nowMillis) {
        requests = new Allowance(REQUESTS_BURST, REQUESTS_PER_SECOND, nowMillis);
    }

    boolean mayAsk(long nowMillis) {
        return requests.take(nowMillis);
    }

    /// Whether it was not told a moment ago that the device is there. A clock that was set back is no reason to be silent.
    synchronized boolean isNewsThatItIsHere(long nowMillis) {
        if (here.isPresent() && Math.abs(nowMillis - here.getAsLong()) < HERE_PERIOD_MILLIS) return false;
        here = OptionalLong.of(nowMillis);
        return true;
    }

    Semaphore downloads() {
        return downloads;
    }

    synchronized boolean isOver(int actionId) {
        return actionId <= over;
    }

    synchronized void isOverWith(int actionId) {
        over = Math.max(over, actionId);
        asked = true;
    }

    synchronized boolean isDone(int actionId) {
        return actionId <= done;
    }

    synchronized void isDoneWith(int actionId) {
        done = Math.max(done, actionId);
        asked = true;
    }

    synchronized boolean hasTakenUp(FirmwareOffer offer) {
        return offer.stage() != FirmwareOffer.Stage.OFFERED || takenUp == offer.actionId();
    }

    synchronized void takesUp(FirmwareOffer offer) {
        takenUp = offer.actionId();
        percent = 0;
    }

    /// @return whether it has more to tell than before
    synchronized boolean loads(int newPercent) {
        if (newPercent <= percent) return false;
        percent = newPercent;
        return true;
    }

    /// Whether all of the image has left for it.
    synchronized boolean hasAll() {
        return percent == 100;
    }

    synchronized boolean maySay(int actionId) {
        if (actionId != statusesOf) statuses = 0;
        statusesOf = actionId;
        return ++statuses <= STATUSES_MAX;
    }

    synchronized boolean isAskedWhatItRuns() {
        return asked;
    }

    synchronized void saysWhatItRuns() {
        asked = false;
    }
}
