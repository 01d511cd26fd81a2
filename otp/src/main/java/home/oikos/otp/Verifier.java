package home.oikos.otp;

import home.oikos.api.ObjectKey;
import home.oikos.controller.EventRecorder;
import home.oikos.controller.Reference;
import java.time.Clock;

/// Says whether a code is accepted, and remembers it on disk before it says so: killed at any moment, none is accepted twice. For many threads, also of
/// several processes.
final class Verifier {
    private final Keeping keeping;
    private final EventRecorder events;
    private final Clock clock;

    private record Told(OneTimePassword spec, Verdict verdict) implements Keeping.Remembered {
        @Override
        public Ledger ledger() {
            return verdict.ledger();
        }
    }

    Verifier(Keeping keeping, EventRecorder events, Clock clock) {
        this.keeping = keeping;
        this.events = events;
        this.clock = clock;
    }

    /// @param who asks, for the story
    Verdict verify(ObjectKey key, String code, String who) {
        var told = keeping.change(key, (spec, ledger) -> new Told(spec, judgement(spec, ledger).judge(ledger, code, clock.instant())));
        tell(told, who);
        return told.verdict();
    }

    /// Of one that nobody has enrolled there is no secret to read.
    private Judgement judgement(OneTimePassword spec, Ledger ledger) {
        var content = ledger.shown().isEmpty() ? Keeping.NONE : keeping.content(spec);
        return new Judgement(spec, content.key(), content.recovery());
    }

    private void tell(Told told, String who) {
        var about = new Reference(OneTimePassword.RESOURCE, told.spec().key(), told.spec().uid());
        var name = told.spec().key().name();
        switch (told.verdict().reason()) {
            case Accepted -> events.normal(about, "Accepted", "a code of %s was accepted; %s asked".formatted(name, who));
            case Recovered -> events.warning(about, "Recovered", "a recovery code of %s was used; %s asked".formatted(name, who));
            case Wrong -> wrong(told, about, who);
            case Used, Blocked, Locked, Revoked, NotEnrolled, ClockBehind -> { }
        }
    }

    private void wrong(Told told, Reference about, String who) {
        if (!told.ledger().isLocked(told.spec().lockAfter())) return;
        events.warning(about, "Locked", "%s is locked after %d wrong codes; %s asked last. A recovery code unlocks it, or: %s --anew"
                .formatted(about.key().name(), told.ledger().failures(), who, told.spec().enrolment()));
    }
}
