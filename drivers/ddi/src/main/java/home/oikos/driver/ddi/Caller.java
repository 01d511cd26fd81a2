package home.oikos.driver.ddi;

import home.oikos.api.ObjectKey;
import home.oikos.driver.FirmwareOffer;
import home.oikos.driver.FirmwareTarget;
import java.util.Optional;

/// A device that has named itself: what it may hear, and what is remembered of it meanwhile.
///
/// @param root scheme, host and path that its links begin with
record Caller(ObjectKey device, FirmwareTarget target, Session session, String root) {
    /// The update it is in, unless it has told meanwhile that it is over.
    Optional<FirmwareOffer> offer() {
        return target.offer().filter(offer -> !session.isOver(offer.actionId()));
    }

    /// @throws Refusal when it is in no such update any more
    FirmwareOffer offer(String actionId) throws Refusal {
        return offer().filter(offer -> String.valueOf(offer.actionId()).equals(actionId)).orElseThrow(() -> new Refusal(410, offer()
                .map(open -> "update " + actionId + " of " + device + " is over; " + open.actionId() + " is the one in work")
                .orElse("update " + actionId + " of " + device + " is over, and none is in work")));
    }

    /// Whether it should say what it runs.
    boolean isAskedWhatItRuns() {
        return session.isAskedWhatItRuns() || offer().filter(this::comesBack).isPresent();
    }

    private boolean comesBack(FirmwareOffer offer) {
        boolean back = offer.stage() == FirmwareOffer.Stage.WRITTEN || isDone(offer);
        return back && !offer.version().equals(target.version());
    }

    boolean isDone(FirmwareOffer offer) {
        return offer.stage() == FirmwareOffer.Stage.DONE || session.isDone(offer.actionId());
    }
}
