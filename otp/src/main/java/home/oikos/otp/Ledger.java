package home.oikos.otp;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.controller.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What must not be forgotten of a OneTimePassword: its status.
/// @param shown when its secret was shown, once; empty before
/// @param enrolled when a first code of it was accepted; it stays when another secret is made, so that what asks for codes goes on asking
/// @param counter the least counter or time step that may still be accepted
/// @param driftSteps by how many steps the phone's clock is ahead
/// @param failures wrong codes in a row
/// @param blockedUntil until when nothing more is tried
/// @param recoveryUsed places of the recovery codes that were used
record Ledger(Optional<Instant> shown, Optional<Instant> enrolled, long counter, int driftSteps, int failures, Optional<Instant> used,
        Optional<Instant> blockedUntil, List<Integer> recoveryUsed) {
    Ledger {
        recoveryUsed = List.copyOf(recoveryUsed);
    }

    static Ledger read(Json status) {
        return new Ledger(Times.read(status.at("shownTime")), Times.read(status.at("enrolledTime")), Math.max(0, status.at("counter").integer(0L)),
                status.at("driftSteps").integer(0), Math.max(0, status.at("failures").integer(0)), Times.read(status.at("usedTime")),
                Times.read(status.at("blockedUntilTime")),
                status.at("recoveryCodesUsed").array().stream().map(place -> place.integer(-1)).toList());
    }

    /// A secret that is shown now. Of those before nothing counts any more, but whether one was ever enrolled.
    static Ledger fresh(Instant now, Optional<Instant> enrolled) {
        return new Ledger(Optional.of(now), enrolled, 0, 0, 0, Optional.empty(), Optional.empty(), List.of());
    }

    JsonObject status(int lockAfter) {
        return JsonObject.of("phase", phase(lockAfter), "shownTime", text(shown), "enrolledTime", text(enrolled), "counter", counter,
                "driftSteps", driftSteps, "failures", failures, "usedTime", text(used), "blockedUntilTime", text(blockedUntil),
                "recoveryCodesLeft", shown.isEmpty() ? 0 : RecoveryCodes.COUNT - recoveryUsed.size(),
                "recoveryCodesUsed", new JsonArray(recoveryUsed.stream().<Json>map(Json::of).toList()));
    }

    private String phase(int lockAfter) {
        if (isLocked(lockAfter)) return "Locked";
        return shown.isEmpty() ? "Pending" : "Active";
    }

    boolean isLocked(int lockAfter) {
        return failures >= lockAfter;
    }

    private static String text(Optional<Instant> time) {
        return time.map(Times::text).orElse(null);
    }

    Ledger accepted(long step, int drift, Instant now) {
        return new Ledger(shown, enrolled.or(() -> Optional.of(now)), step + 1, drift, 0, Optional.of(now), Optional.empty(), recoveryUsed);
    }

    Ledger recovered(int place, Instant now) {
        var used = new TreeSet<>(recoveryUsed);
        used.add(place);
        return new Ledger(shown, enrolled, counter, driftSteps, 0, Optional.of(now), Optional.empty(), List.copyOf(used));
    }

    Ledger failed(Instant until) {
        return new Ledger(shown, enrolled, counter, driftSteps, failures + 1, used, Optional.of(until), recoveryUsed);
    }
}
