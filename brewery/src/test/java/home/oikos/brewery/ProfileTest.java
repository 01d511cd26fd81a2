package home.oikos.brewery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private static ProfileStep step(ProfileStep.Type type, double celsius, long hours) {
        var duration = hours == 0 ? Optional.<Duration>empty() : Optional.of(Duration.ofHours(hours));
        return new ProfileStep(type + " " + celsius, type, celsius, duration, Optional.empty(), Optional.empty());
    }

    private static Profile of(ProfileStep... steps) {
        return new Profile(List.of(steps), 17, 22);
    }

    private static Profile.Place place(int index, long hours, double from) {
        return new Profile.Place(index, Duration.ofHours(hours), from);
    }

    @Test void aRampRisesEvenly() {
        var profile = of(step(ProfileStep.Type.Ramp, 21, 48));
        assertEquals(19, profile.target(place(0, 0, 19), 19, Optional.of(19.0), 0));
        assertEquals(20, profile.target(place(0, 24, 19), 19, Optional.of(19.0), 0));
        assertEquals(21, profile.target(place(0, 60, 19), 19, Optional.of(19.0), 0));
    }

    @Test void aFreeRiseFollowsTheBeerUpwardsOnly() {
        var profile = of(step(ProfileStep.Type.FreeRise, 21, 48));
        assertEquals(19.6, profile.target(place(0, 5, 19), 19, Optional.of(19.6), 0));
        assertEquals(19.6, profile.target(place(0, 6, 19), 19.6, Optional.of(19.2), 0), "it is not cooled back");
        assertEquals(21, profile.target(place(0, 7, 19), 19.6, Optional.of(23.0), 0), "nor does it run away");
        assertEquals(19.6, profile.target(place(0, 7, 19), 19.6, Optional.empty(), 0), "without a thermometer it stays");
    }

    @Test void warmingEndsAtTheYeastsLimitAndLeavesACrashAlone() {
        var profile = of(step(ProfileStep.Type.Hold, 21.5, 0), step(ProfileStep.Type.ColdCrash, 3, 0));
        assertEquals(22, profile.target(place(0, 5, 19), 19, Optional.empty(), 1));
        assertEquals(3, profile.target(place(1, 5, 19), 19, Optional.empty(), 1));
    }

    @Test void aCrashWaitsUntilTheBeerIsMade() {
        var profile = of(step(ProfileStep.Type.Hold, 19, 24), step(ProfileStep.Type.ColdCrash, 3, 0));
        for (var phase : List.of(Phase.Lag, Phase.Active, Phase.Stalled, Phase.Unknown)) {
            assertTrue(profile.waitsFor(place(0, 100, 19), phase, 0.95).isPresent(), phase.name());
        }
        assertFalse(profile.waitsFor(place(0, 100, 19), Phase.Conditioning, 0.95).isPresent());
        assertTrue(profile.waitsFor(place(0, 10, 19), Phase.Conditioning, 0.95).isPresent(), "it lasts its time");
    }

    @Test void theLastStepLasts() {
        var profile = of(step(ProfileStep.Type.Hold, 19, 0));
        assertTrue(profile.waitsFor(place(0, 1_000, 19), Phase.Done, 1).isPresent());
        assertTrue(profile.isOver(place(0, 0, 19)));
    }

    @Test void aCrashThatSaysNoTimeIsOverAfterTwoDays() {
        var profile = of(step(ProfileStep.Type.ColdCrash, 3, 0));
        assertFalse(profile.isOver(place(0, 47, 19)));
        assertTrue(profile.isOver(place(0, 48, 19)));
    }

    @Test void twoStepsOfOneNameAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> of(step(ProfileStep.Type.Hold, 19, 0), step(ProfileStep.Type.Hold, 19, 0)));
    }
}
