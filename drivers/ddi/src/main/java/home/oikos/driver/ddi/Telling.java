package home.oikos.driver.ddi;

import home.oikos.driver.Delivery;
import home.oikos.driver.FirmwareEvent;
import home.oikos.driver.FirmwareListener;
import home.oikos.driver.FirmwareOffer;
import home.oikos.driver.Refusals;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Tells what devices say, and lets a device wait until what follows from it is on the disk: one that was not answered says it again.
final class Telling {
    private final FirmwareListener listener;
    private final Refusals refusals;
    private final Duration patience;

    /// @param patience how long a device waits for the disk
    Telling(FirmwareListener listener, Refusals refusals, Duration patience) {
        this.listener = listener;
        this.refusals = refusals;
        this.patience = patience;
    }

    /// @throws Refusal when it could not be written down in time, or is not granted
    void tell(Caller caller, FirmwareEvent event) throws Refusal, InterruptedException {
        var outcome = new CompletableFuture<Boolean>();
        heard(caller, event, Delivery.asking(() -> outcome.complete(true), () -> outcome.complete(false)));
        try {
            boolean granted = outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!granted) throw new Refusal(410, "the update of " + caller.device() + " is not to be begun now");
        } catch (TimeoutException slow) {
            throw new Refusal(503, "what you said could not be written down within " + patience.toMillis() + " ms; say it again");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// In order for one device.
    private void heard(Caller caller, FirmwareEvent event, Delivery delivery) {
        synchronized (caller.session()) {
            listener.heard(caller.device(), event, delivery);
        }
    }

    /// From here on the device may change.
    void takenUp(Caller caller, FirmwareOffer offer) throws Refusal, InterruptedException {
        if (caller.session().hasTakenUp(offer)) return;
        tell(caller, new FirmwareEvent.TakenUp(offer.actionId()));
        caller.session().takesUp(offer);
    }

    /// Nobody waits for it: what is lost of it is told again with the next step.
    void loaded(Caller caller, FirmwareOffer offer, int percent) {
        if (caller.session().loads(percent)) heard(caller, new FirmwareEvent.Loaded(offer.actionId(), percent), Delivery.NONE);
    }

    /// It has asked for something.
    void here(Caller caller) {
        heard(caller, new FirmwareEvent.Here(), Delivery.NONE);
    }

    void refused(String source, String why) {
        refusals.tell(source, why);
    }
}
