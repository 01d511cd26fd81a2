package home.oikos.gateway;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.FirmwareEvent;
import home.oikos.driver.FirmwareImage;
import home.oikos.driver.FirmwareOffer;
import home.oikos.gateway.FirmwareState.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Brings the firmware of devices to what is wanted of them: asks the [FirmwareRules], walks the [FirmwareCourse], tells people. Belongs to [House].
final class Firmwares {
    private final FirmwareRules rules;
    private final Spares spares;
    private final Outbox out;
    /// Whether channels may have something new to be told.
    private boolean changed;
    private final Map<ObjectKey, JsonObject> firmwares = new HashMap<>();

    Firmwares(FirmwareRules rules, Spares spares, Outbox out) {
        this.rules = rules;
        this.spares = spares;
        this.out = out;
    }

    void put(ObjectKey key, JsonObject firmware) {
        firmwares.put(key, firmware);
        changed = true;
    }

    void remove(ObjectKey key) {
        firmwares.remove(key);
        changed = true;
    }

    /// The status of a device is on the disk up to here.
    void committed(Thing thing, FirmwareState firmware) {
        if (firmware.equals(thing.firmwareCommitted)) return;
        thing.firmwareCommitted = firmware;
        changed = true;
    }

    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /// Goes on toward what is wanted, as far as it goes without the device.
    void settle(Thing thing, Instant now) {
        if (thing.model == null) return;
        if (thing.firmware.isTakenUp()) become(thing, FirmwareCourse.elapsed(thing.firmware, thing.model.firmwarePatience(), now));
        // What is withdrawn or has failed makes room for what is wanted instead: never more than two steps.
        for (int step = 0; step < 2 && !isAtItsEnd(thing); step++) become(thing, FirmwareCourse.plan(thing.firmware, wish(thing, now), now));
    }

    /// Nothing to judge: so it is for nearly every device nearly always.
    private static boolean isAtItsEnd(Thing thing) {
        var wanted = thing.spec.firmware();
        if (thing.firmware.inWork()) return false;
        return wanted.name().isEmpty() || thing.firmware.target().isSame(wanted.name(), wanted.attempt());
    }

    private FirmwareWish wish(Thing thing, Instant now) {
        var wanted = thing.spec.firmware();
        if (wanted.name().isEmpty()) return new FirmwareWish.Nothing();
        var firmware = firmwares.get(new ObjectKey(thing.key.namespace(), wanted.name()));
        if (firmware == null) return notReady(wanted, JsonObject.EMPTY, "There is no Firmware " + wanted.name() + ".");
        if (thing.model.firmwareChannel().isEmpty()) return notReady(wanted, firmware, "Its model has no firmware channel.");
        // Under way, the rules were asked already, and a device cannot be called back.
        if (!thing.firmware.isTakenUp()) {
            var refusal = rules.refusal(candidate(thing.spec, thing.model, thing.firmware, firmware), now);
            if (refusal.isPresent()) return new FirmwareWish.Refused(target(wanted, firmware), refusal.get());
            if (rules.image(firmware).isEmpty()) return notReady(wanted, firmware, "The bytes of its firmware are not here yet.");
            var needed = spares.refusal(thing);
            if (needed.isPresent() && !isThere(thing, firmware)) return notReady(wanted, firmware, needed.get());
        }
        return new FirmwareWish.Ready(target(wanted, firmware));
    }

    /// Whether the device runs it already, so that it has no reason to go away.
    private static boolean isThere(Thing thing, JsonObject firmware) {
        return firmware.at("spec", "version").text("").equals(thing.firmware.running());
    }

    private static FirmwareWish notReady(FirmwareSpec wanted, JsonObject firmware, String why) {
        return new FirmwareWish.NotReady(target(wanted, firmware), why);
    }

    private static Target target(FirmwareSpec wanted, JsonObject firmware) {
        return new Target(wanted.name(), wanted.attempt(), firmware.at("spec", "version").text(""), firmware.at("spec", "sha256").text(""));
    }

    private static FirmwareRules.Candidate candidate(DeviceSpec spec, ModelSpec model, FirmwareState state, JsonObject firmware) {
        var hardware = state.hardwareId().isEmpty() ? spec.firmware().block().at("hardwareId").text("") : state.hardwareId();
        return new FirmwareRules.Candidate(firmware, model.name(), model.firmware(), hardware, state.version(), spec.firmware().downgrade());
    }

    /// Why a device may not be wanted so; empty when it may.
    /// @param state what is known of the device now
    Optional<String> refusal(DeviceSpec before, DeviceSpec after, Optional<ModelSpec> model, FirmwareState state, Instant now) {
        var wanted = after.firmware();
        boolean unchanged = before != null && before.firmware().wish().equals(wanted.wish()) && before.modelName().equals(after.modelName());
        if (wanted.name().isEmpty() || unchanged) return Optional.empty();
        var firmware = firmwares.get(new ObjectKey(after.key().namespace(), wanted.name()));
        if (firmware == null) return Optional.of("there is no Firmware %s in namespace %s".formatted(wanted.name(), after.key().namespace()));
        if (model.isEmpty()) return Optional.of("model %s of %s is not known, so no firmware can be judged".formatted(after.modelName(), after.key().name()));
        if (model.get().firmwareChannel().isEmpty()) return Optional.of("model " + after.modelName() + " has no firmware channel");
        return rules.refusal(candidate(after, model.get(), state, firmware), now);
    }

    /// @return whether something follows from it that has to be written before the device is answered
    boolean heard(Thing thing, FirmwareEvent event, Instant now) {
        var before = thing.firmware;
        // Others may have gone since it was offered: the rules are asked once more.
        if (event instanceof FirmwareEvent.TakenUp) settle(thing, now);
        become(thing, FirmwareCourse.heard(thing.firmware, event, now));
        return !thing.firmware.equals(before);
    }

    private void become(Thing thing, FirmwareState next) {
        var before = thing.firmware;
        if (next.equals(before)) return;
        thing.firmware = next;
        changed = true;
        thing.dirty = true;
        if (next.phase() != before.phase()) tell(thing, next);
    }

    private void tell(Thing thing, FirmwareState state) {
        var subject = Outbox.Subject.of(thing);
        var what = "%s (%s)".formatted(state.target().firmwareName(), state.target().version());
        switch (state.phase()) {
            case Failed -> out.tell(subject, true, "Firmware" + state.reason(), "firmware " + what + " failed: " + state.message());
            case Idle -> {
                if (state.is("Updated")) out.tell(subject, false, "FirmwareUpdated", "it runs firmware " + what);
                if (state.is("Withdrawn")) out.tell(subject, false, "FirmwareWithdrawn", "firmware " + what + " was withdrawn");
            }
            case Downloading -> out.tell(subject, false, "FirmwareStarted", "it takes up firmware " + what);
            case Offered, Installing, AwaitingReport -> { }
        }
    }

    static Optional<Instant> due(Thing thing) {
        var patience = thing.model == null ? Duration.ofMinutes(15) : thing.model.firmwarePatience();
        return FirmwareCourse.deadline(thing.firmware, patience);
    }

    /// What a device may hear of now: what is on the disk.
    Optional<FirmwareOffer> offer(Thing thing) {
        var state = thing.firmware;
        var written = thing.firmwareCommitted;
        if (!state.isOpen() || !written.isOpen() || written.actionId() != state.actionId()) return Optional.empty();
        return image(thing, state.target()).map(image -> new FirmwareOffer(state.actionId(), state.target().firmwareName(), state.target().version(), image,
                thing.spec.firmware().downgrade(), state.stage(), state.is(FirmwareState.CANCELING)));
    }

    /// The update that brought what it runs: it may ask what that was.
    Optional<FirmwareOffer> installed(Thing thing) {
        var written = thing.firmwareCommitted;
        var done = written.installed();
        if (done == null || !done.target().version().equals(written.running())) return Optional.empty();
        return image(thing, done.target()).map(image -> new FirmwareOffer(done.actionId(), done.target().firmwareName(), done.target().version(), image,
                false, FirmwareOffer.Stage.DONE, false));
    }

    private Optional<FirmwareImage> image(Thing thing, Target target) {
        var firmware = firmwares.get(new ObjectKey(thing.key.namespace(), target.firmwareName()));
        if (firmware == null || !firmware.at("spec", "sha256").text("").equals(target.sha256())) return Optional.empty();
        return rules.image(firmware);
    }
}
