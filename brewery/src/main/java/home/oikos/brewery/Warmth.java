package home.oikos.brewery;

import home.oikos.api.Json;
import home.oikos.controller.Condition;
import home.oikos.controller.Times;
import java.util.Optional;

/// A batch's temperature in one look: where it is in its profile, what it asks for, and how much of that is due to a stall.
final class Warmth {
    private final Page page;
    private final Profile profile;
    private final Deeds deeds;

    Warmth(Page page, Deeds deeds) {
        this.page = page;
        this.profile = page.batch().profile();
        this.deeds = deeds;
    }

    /// Where it is in its profile; empty where there is none, or before it began.
    Optional<Profile.Place> place() {
        var at = page.part("profile");
        var start = Times.read(at.at("startTime"));
        if (profile.steps().isEmpty() || start.isEmpty()) return Optional.empty();
        int index = Math.clamp(at.at("index").integer(0), 0, profile.steps().size() - 1);
        var inStep = page.batch().clock().between(start.get(), page.now());
        return Optional.of(new Profile.Place(index, inStep, decimal(at.at("fromCelsius"), profile.at(index).celsius())));
    }

    boolean isProfileOver() {
        return place().map(profile::isOver).orElse(profile.steps().isEmpty());
    }

    /// Why the step goes on, for people; empty when nothing is waited for.
    String waitsFor(Verdict verdict, Evidence seen) {
        return place().flatMap(place -> profile.waitsFor(place, verdict.phase(), seen.progress())).orElse("");
    }

    /// Goes on to the next step when this one is over. With a phase that nobody knows it stays where it is.
    void advance(Verdict verdict, Evidence seen) {
        if (profile.steps().isEmpty() || page.batch().suspend()) return;
        var place = place();
        if (place.isEmpty()) enter(0, seen.celsius().orElse(profile.at(0).celsius()));
        else if (verdict.phase() != Phase.Unknown && profile.waitsFor(place.get(), verdict.phase(), seen.progress()).isEmpty()) {
            enter(place.get().index() + 1, target().orElse(place.get().from()));
        }
    }

    private void enter(int index, double from) {
        var step = profile.at(index);
        page.part("profile", page.part("profile").with("step", step.name()).with("index", index).with("startTime", Times.micro(page.now()))
                .with("fromCelsius", Units.one(from)).without("waitsFor"));
        page.diary().tell("Profile", "temperature step %s: %s %s °C".formatted(step.name(), words(step.type()), Units.one(step.celsius())));
    }

    private static String words(ProfileStep.Type type) {
        return switch (type) {
            case Hold -> "hold";
            case Ramp -> "ramp to";
            case FreeRise -> "rise freely to";
            case ColdCrash -> "cold crash to";
        };
    }

    /// What was asked for last.
    Optional<Double> target() {
        double before = decimal(page.part("profile").at("targetCelsius"), Double.NaN);
        return Double.isNaN(before) ? Optional.empty() : Optional.of(before);
    }

    /// How much of it is due to a stall.
    double warmed() {
        return decimal(page.part("profile").at("warmedCelsius"), 0);
    }

    private static double decimal(Json text, double otherwise) {
        try {
            return text.text().map(Double::parseDouble).orElse(otherwise);
        } catch (NumberFormatException unreadable) {
            return otherwise;
        }
    }

    /// Asks the vessel's control for the temperature of this hour, unless a thermometer that makes no sense or a clock that jumped forbids
    /// it.
    void ask(Evidence seen, String complaint) {
        var place = place();
        if (place.isEmpty() || page.batch().suspend()) return;
        if (!complaint.isEmpty() || seen.ahead()) {
            page.condition(Condition.of("TemperatureFollowed", false, "Implausible", complaint.isEmpty() ? "a clock jumped" : complaint));
            return;
        }
        double before = target().orElse(place.get().from());
        var wanted = Units.one(profile.target(place.get(), before, seen.celsius(), warmed()));
        page.part("profile", page.part("profile").with("targetCelsius", wanted));
        page.batch().vessel().control().ifPresent(control -> page.condition(deeds.follow(page.batch(), control, wanted)));
    }

    /// Makes it warmer for a stall. Written together with what became of the rung, so that a rung taken again after a crash warms once.
    /// @return how much warmer it will be; less than asked for, or nothing, at the yeast's limit
    double warm(double by) {
        var place = place();
        if (place.isEmpty() || profile.at(place.get().index()).type() == ProfileStep.Type.ColdCrash) return 0;
        double room = profile.warmest() - target().orElse(profile.warmest());
        double more = Math.clamp(by, 0, Math.max(0, room));
        page.part("profile", page.part("profile").with("warmedCelsius", Units.one(warmed() + more)));
        return more;
    }

    /// As the profile has it again.
    void cool() {
        page.part("profile", page.part("profile").without("warmedCelsius"));
    }
}
