package home.oikos.otp;

import home.oikos.api.JsonObject;
import java.time.Duration;

/// What becomes of a code.
/// @param ledger what is to be remembered before anybody is told
/// @param pause how long to wait before another try makes sense
record Verdict(Reason reason, String message, Ledger ledger, Duration pause) {
    /// Why a code was accepted or not.
    enum Reason {
        Accepted, Recovered, Wrong, Used, Blocked, Locked, Revoked, NotEnrolled, ClockBehind
    }

    boolean accepted() {
        return reason == Reason.Accepted || reason == Reason.Recovered;
    }

    JsonObject answer() {
        return JsonObject.of("kind", "OneTimePasswordVerification", "apiVersion", "gateway.oikos.home/v1alpha1", "accepted", accepted(), "reason",
                reason.name(), "message", message, "retryAfterSeconds", pause.isZero() ? null : pause.plusMillis(999).toSeconds());
    }
}
