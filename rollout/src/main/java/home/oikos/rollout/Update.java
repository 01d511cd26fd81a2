package home.oikos.rollout;

import home.oikos.api.Json;
import home.oikos.controller.Times;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// What the gateway says of a device's firmware: `status.firmware`.
///
/// @param of the wish that is in work or was last attempted
/// @param version what the device last said it runs; empty when it never did
/// @param unconfirmed since when nobody knows whether that still runs, for it took an image up and was silent; empty once it has said
/// @param changed when the phase last changed; the epoch when never
record Update(Phase phase, String reason, String message, Wish of, String version, Optional<Instant> unconfirmed, Instant changed) {
    /// As the gateway spells them.
    enum Phase { Idle, Offered, Downloading, Installing, AwaitingReport, Failed }

    static Update read(Json firmware) {
        var word = firmware.at("phase").text("");
        var phase = Arrays.stream(Phase.values()).filter(each -> each.name().equals(word)).findFirst().orElse(Phase.Idle);
        return new Update(phase, firmware.at("reason").text(""), firmware.at("message").text(""), Wish.read(firmware), firmware.at("version").text(""),
                Times.read(firmware.at("unconfirmedSinceTime")), Times.read(firmware.at("transitionTime")).orElse(Instant.EPOCH));
    }

    boolean inWork() {
        return phase != Phase.Idle && phase != Phase.Failed;
    }

    /// Whether the device may have changed since it took the image up.
    boolean isTakenUp() {
        return inWork() && phase != Phase.Offered;
    }

    /// Whether the device has the firmware that the wish was for.
    boolean hasSucceeded() {
        return phase == Phase.Idle && (reason.equals("Updated") || reason.equals("UpToDate"));
    }

    /// Whether it surely runs that version.
    boolean runs(String wanted) {
        return unconfirmed.isEmpty() && version.equals(wanted);
    }

    /// Whether the gateway keeps the offer to itself, for something is missing or the home cannot spare the device.
    boolean isHeldBack() {
        return phase == Phase.Offered && reason.equals("NotReady");
    }
}
