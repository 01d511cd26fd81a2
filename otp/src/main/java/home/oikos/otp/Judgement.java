package home.oikos.otp;

import home.oikos.otp.Verdict.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Whether a code is accepted, and what is to be remembered of it. Pure. How long it takes does not tell how near a wrong code was.
/// @param key the shared secret
/// @param recovery hashes of the recovery codes, in their order
record Judgement(OneTimePassword spec, byte[] key, List<String> recovery) {
    /// RFC 6238 5.2: one step for what the network and the fingers take.
    private static final int WINDOW_STEPS = 1;
    /// A phone whose clock runs away is followed so far: ten minutes at 30 s.
    private static final int DRIFT_STEPS_MAX = 20;
    /// RFC 4226 7.3: each failure makes the next try wait so much longer; ten of them are about five minutes.
    static final Duration DELAY = Duration.ofSeconds(5);

    Verdict judge(Ledger ledger, String code, Instant now) {
        if (spec.revoked()) return unchanged(Reason.Revoked, "it is revoked", ledger);
        if (ledger.shown().isEmpty()) return unchanged(Reason.NotEnrolled, "its secret was never shown; first: " + spec.enrolment(), ledger);
        var wait = wait(ledger, now);
        if (wait.isPositive()) return new Verdict(Reason.Blocked, "too soon after a wrong code", ledger, wait);
        int place = RecoveryCodes.place(recovery, code);
        if (place >= 0 && !ledger.recoveryUsed().contains(place)) {
            return new Verdict(Reason.Recovered, "a recovery code was used, which is good once", ledger.recovered(place, now), Duration.ZERO);
        }
        if (ledger.isLocked(spec.lockAfter())) return unchanged(Reason.Locked, "too many wrong codes; a recovery code unlocks it", ledger);
        return spec.counts() ? counted(ledger, code, now) : timed(ledger, code, now);
    }

    private static Verdict unchanged(Reason reason, String message, Ledger ledger) {
        return new Verdict(reason, message, ledger, Duration.ZERO);
    }

    /// A clock that was set back would block for as long as it was set back: no block is longer than its own length.
    private static Duration wait(Ledger ledger, Instant now) {
        var left = ledger.blockedUntil().map(until -> Duration.between(now, until)).orElse(Duration.ZERO);
        return left.compareTo(DELAY.multipliedBy(ledger.failures())) > 0 ? Duration.ZERO : left;
    }

    private Verdict counted(Ledger ledger, String code, Instant now) {
        long found = find(code, ledger.counter(), ledger.counter() + spec.lookAhead());
        if (found >= 0) return new Verdict(Reason.Accepted, "this code is good, once", ledger.accepted(found, 0, now), Duration.ZERO);
        return refused(ledger, code, now);
    }

    private Verdict timed(Ledger ledger, String code, Instant now) {
        long clock = now.getEpochSecond() / spec.period().toSeconds();
        long middle = clock + ledger.driftSteps();
        if (middle + WINDOW_STEPS < ledger.counter() - 1) {
            return unchanged(Reason.ClockBehind, "the home's clock stands before the last code that was accepted; is it right?", ledger);
        }
        long found = find(code, Math.max(ledger.counter(), middle - WINDOW_STEPS), middle + WINDOW_STEPS);
        if (found < 0) return refused(ledger, code, now);
        int drift = Math.clamp(found - clock, -DRIFT_STEPS_MAX, DRIFT_STEPS_MAX);
        return new Verdict(Reason.Accepted, "this code is good, once", ledger.accepted(found, drift, now), Duration.ZERO);
    }

    /// The first that fits: one further on may have the same digits, and what is skipped would be refused from then on. All are computed and compared,
    /// also after one has fitted.
    private long find(String code, long from, long to) {
        long found = -1;
        for (long step = from; step <= to; step++) if (fits(code, step) && found < 0) found = step;
        return found;
    }

    private boolean fits(String code, long step) {
        return MessageDigest.isEqual(bytes(spec.algorithm().code(key, step, spec.digits())), bytes(code));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The code that was accepted last, again, is no guess: whoever pressed twice is not made to wait.
    private Verdict refused(Ledger ledger, String code, Instant now) {
        if (ledger.used().isPresent() && ledger.counter() > 0 && fits(code, ledger.counter() - 1)) {
            return unchanged(Reason.Used, "this code was used already; wait for the next", ledger);
        }
        var failed = ledger.failed(now.plus(DELAY.multipliedBy(ledger.failures() + 1L)));
        var message = failed.isLocked(spec.lockAfter()) ? "wrong, for the last time: it is locked now, and a recovery code unlocks it" : "wrong";
        return new Verdict(Reason.Wrong, message, failed, DELAY.multipliedBy(failed.failures()));
    }
}
