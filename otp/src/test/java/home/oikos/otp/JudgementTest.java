package home.oikos.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.Yaml;
import home.oikos.base.StandingClock;
import home.oikos.otp.Verdict.Reason;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Codes right, wrong, early, late, twice, by the hundred; clocks that run away and are set back; phones that are lost.
class JudgementTest {
    private static final byte[] KEY = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private final List<String> paper = RecoveryCodes.make(new SecureRandom());
    private final StandingClock clock = StandingClock.at("2026-01-01T00:00:10Z");
    private OneTimePassword spec = spec("");
    private Ledger ledger = Ledger.fresh(clock.instant(), Optional.empty());

    private static OneTimePassword spec(String fields) {
        return OneTimePassword.read(Yaml.parse("{metadata: {name: front-door, namespace: home, uid: u}, spec: {%s}}".formatted(fields)));
    }

    private String code(long stepsAhead) {
        return Algorithm.SHA1.code(KEY, clock.instant().getEpochSecond() / 30 + stepsAhead, 6);
    }

    private Reason says(String code) {
        var verdict = new Judgement(spec, KEY, paper.stream().map(RecoveryCodes::hash).toList()).judge(ledger, code, clock.instant());
        // What is written and read again is what is remembered.
        ledger = Ledger.read(Json.parse(verdict.ledger().status(spec.lockAfter()).bytes()));
        return verdict.reason();
    }

    private JudgementTest passes(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        return this;
    }

    @Test
    void aCodeIsAcceptedOnce() {
        var code = code(0);
        assertEquals(Reason.Accepted, says(code));
        assertEquals(Reason.Used, says(code));
        passes(29);
        assertEquals(Reason.Used, says(code));
        assertEquals(0, ledger.failures());
        passes(1);
        assertEquals(Reason.Accepted, says(code(0)));
    }

    /// Of a window of eleven codes two are the same once in twenty thousand presses.
    @Test
    void aCodeThatComesAgainALittleLaterSkipsNothing() {
        spec = spec("type: Hotp");
        long counter = 0;
        while (IntStream.rangeClosed(1, 10).noneMatch(further(counter))) counter++;
        var asks = new Judgement(spec, KEY, List.of());
        var accepted = asks.judge(ledger.accepted(counter - 1, 0, clock.instant()), hotp(counter), clock.instant());
        assertEquals(Reason.Accepted, accepted.reason());
        assertEquals(Reason.Accepted, asks.judge(accepted.ledger(), hotp(counter + 1), clock.instant()).reason(), "the next after " + counter);
    }

    private static IntPredicate further(long counter) {
        var code = hotp(counter);
        return ahead -> hotp(counter + ahead).equals(code);
    }

    private static String hotp(long counter) {
        return Algorithm.SHA1.code(KEY, counter, 6);
    }

    @Test
    void oneStepEarlyOrLateIsAcceptedAndNoMore() {
        assertEquals(Reason.Accepted, says(code(-1)));
        ledger = Ledger.fresh(clock.instant(), Optional.empty());
        assertEquals(Reason.Accepted, says(code(1)));
        for (int far : new int[] {-2, 2}) {
            ledger = Ledger.fresh(clock.instant(), Optional.empty());
            assertEquals(Reason.Wrong, says(code(far)), far + " steps");
        }
    }

    @Test
    void anOlderCodeThanTheLastAcceptedIsNeverAccepted() {
        assertEquals(Reason.Accepted, says(code(1)));
        assertEquals(Reason.Wrong, says(code(0)));
    }

    @Test
    void aPhoneWhoseClockRunsAwayIsFollowedAsLongAsItIsUsed() {
        for (int drift = 1; drift <= 20; drift++) {
            passes(3_600);
            assertEquals(Reason.Accepted, says(code(drift)));
            assertEquals(drift, ledger.driftSteps());
        }
        passes(3_600);
        assertEquals(Reason.Accepted, says(code(21)));
        assertEquals(20, ledger.driftSteps(), "and no farther than ten minutes");
    }

    @Test
    void aClockSetBackByADayAcceptsNothingOldAndBlocksNobodyForADay() {
        var yesterday = code(-2_880);
        assertEquals(Reason.Accepted, says(code(0)));
        assertEquals(Reason.Wrong, says("000000"));
        passes(-86_400);
        assertEquals(Reason.ClockBehind, says(yesterday));
        assertEquals(Reason.ClockBehind, says(code(0)));
        assertEquals(1, ledger.failures());
        passes(86_460);
        assertEquals(Reason.Accepted, says(code(0)));
    }

    @Test
    void wrongCodesMakeTheNextTryWaitLongerAndLongerThenLockAndAPaperCodeUnlocksOnce() {
        for (int failure = 1; failure <= 10; failure++) {
            assertEquals(Reason.Wrong, says("000000"), "failure " + failure);
            assertEquals(failure, ledger.failures());
            assertEquals(Reason.Blocked, says(code(0)), "even the right one");
            passes(5L * failure - 1);
            assertEquals(Reason.Blocked, says(code(0)));
            passes(2);
        }
        assertEquals(Reason.Locked, says(code(0)));
        assertEquals(Reason.Locked, says("000000"));
        assertEquals(10, ledger.failures());
        assertEquals(Reason.Recovered, says(paper.get(3).toUpperCase(java.util.Locale.ROOT)));
        assertEquals(Reason.Accepted, says(code(0)));
        assertEquals(Reason.Wrong, says(paper.get(3)), "good once");
    }

    @Test
    void whoGuessesFromManyAddressesHasTenTriesAndWaits() {
        var random = new SplittableRandom(1);
        int judged = 0;
        for (int second = 0; second < 10_000; second++) {
            passes(1);
            for (int address = 0; address < 10; address++) {
                if (says("%06d".formatted(random.nextInt(1_000_000))) == Reason.Wrong) judged++;
            }
        }
        assertEquals(10, judged, "a chance of 3 in 100,000, whatever their number");
    }

    @Test
    void aCounterLooksAheadAndNeverBack() {
        spec = spec("type: Hotp, lookAheadSteps: 5");
        assertEquals(Reason.Accepted, says("755224"));
        assertEquals(Reason.Used, says("755224"));
        assertEquals(Reason.Accepted, says("287922"), "six, with five skipped");
        assertEquals(7, ledger.counter());
        assertEquals(Reason.Wrong, says("359152"));
        passes(60);
        assertEquals(Reason.Wrong, says(Algorithm.SHA1.code(KEY, 13, 6)), "farther than it looks");
        passes(60);
        assertEquals(Reason.Accepted, says(Algorithm.SHA1.code(KEY, 12, 6)));
    }

    @Test
    void aRevokedOneAndOneThatNobodyHasSeenAcceptNothing() {
        spec = spec("policy: Revoked");
        assertEquals(Reason.Revoked, says(code(0)));
        assertEquals(Reason.Revoked, says(paper.getFirst()));
        spec = spec("");
        ledger = Ledger.read(Json.NULL);
        assertEquals(Reason.NotEnrolled, says(code(0)));
    }

    @Test
    void aFirstCodeOfThePhoneEnrolsAndThePaperDoesNot() {
        assertEquals(Reason.Wrong, says("000000"));
        assertEquals(Optional.empty(), passes(10).ledger.enrolled());
        assertEquals(Reason.Recovered, says(paper.getFirst()));
        assertEquals(Optional.empty(), ledger.enrolled());
        assertEquals(Reason.Accepted, says(code(0)));
        var first = ledger.enrolled();
        assertTrue(first.isPresent());
        passes(60);
        assertEquals(Reason.Accepted, says(code(0)));
        assertEquals(first, ledger.enrolled());
    }

    @Test
    void countersBelowZeroAreZero() {
        ledger = Ledger.read(Yaml.parse("{shownTime: '2026-01-01T00:00:00Z', counter: -5, failures: -100, recoveryCodesUsed: [-1]}"));
        assertEquals(0, ledger.counter());
        assertEquals(0, ledger.failures());
        spec = spec("type: Hotp");
        assertEquals(Reason.Wrong, says(Algorithm.SHA1.code(KEY, -1, 6)));
        assertEquals(1, ledger.failures());
        passes(60);
        assertEquals(Reason.Accepted, says("755224"));
    }

    @Test
    void whatIsNoCodeIsAWrongOne() {
        for (var odd : List.of("", "-1", "12345", "1234567", "１２３４５６", "a".repeat(64))) {
            ledger = Ledger.fresh(clock.instant(), Optional.empty());
            assertEquals(Reason.Wrong, says(odd), odd);
        }
    }

    @Test
    void theUriIsWhatPhonesRead() {
        assertEquals("otpauth://totp/Oikos:front-door?secret=ABC&issuer=Oikos&algorithm=SHA1&digits=6&period=30", Enrolment.uri(spec, "ABC"));
        spec = spec("type: Hotp, algorithm: SHA256, digits: 8, issuer: My home, accountName: a/b");
        assertEquals("otpauth://hotp/My%20home:a%2Fb?secret=ABC&issuer=My%20home&algorithm=SHA256&digits=8&counter=0", Enrolment.uri(spec, "ABC"));
    }

    @Test
    void paperCodesDifferAndTheirHashesDoNotTellThem() {
        assertEquals(8, paper.stream().distinct().count());
        assertTrue(paper.stream().allMatch(code -> code.matches("([a-z2-9]{4}-){3}[a-z2-9]{4}")), paper.toString());
        assertNotEquals(RecoveryCodes.hash(paper.get(0)), RecoveryCodes.hash(paper.get(1)));
        assertEquals(64, RecoveryCodes.hash(paper.get(0)).length());
    }
}
