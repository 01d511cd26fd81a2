package home.oikos.rollout;

import home.oikos.api.Json;
import home.oikos.controller.Times;
import java.time.Instant;
import java.util.Arrays;

/// What the gateway says of a device's firmware: `status.firmware`.
///
/// @param of the wish that is in work or was last attempted
/// @param version what the device says it runs; empty when nobody knows
/// @param changed when the phase last changed; the epoch when never
record Update(Phase phase, String reason, String message, Wish of, String version, Instant changed) {
    /// As the gateway spells them.
    enum Phase { Idle, Offered, Downloading, Installing, AwaitingReport, Failed }

    static Update read(Json firmware) {
        var word = firmware.at("phase").text("");
        var phase = Arrays.stream(Phase.values()).filter(each -> each.name().equals(word)).findFirst().orElse(Phase.Idle);
        return new Update(phase, firmware.at("reason").text(""), firmware.at("message").text(""), Wish.read(firmware), firmware.at("version").text(""),
                Times.read(firmware.at("transitionTime")).orElse(Instant.EPOCH));
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

    /// Whether the device went away with the image and was not heard of again.
    boolean isLost() {
        return phase == Phase.Failed && reason.equals("NoReport");
    }

    /// Whether the gateway keeps the offer to itself, for something is missing or the home cannot spare the device.
    boolean isHeldBack() {
        return phase == Phase.Offered && reason.equals("NotReady");
    }
}
