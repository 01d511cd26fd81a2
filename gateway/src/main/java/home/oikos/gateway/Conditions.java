package home.oikos.gateway;

import home.oikos.controller.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The conditions of a device: Online, InSync, Fresh, Quarantined, and Controlled where it has control.
final class Conditions {
    private Conditions() { }

    static List<Condition> of(House house, Thing thing, Instant now) {
        var all = new ArrayList<>(List.of(online(house, thing, now), inSync(thing), fresh(thing, now), quarantined(thing)));
        if (!thing.spec.control().isEmpty() || thing.thermostat != null || isTold(thing, "Controlled")) all.add(controlled(thing));
        return List.copyOf(all);
    }

    private static boolean isTold(Thing thing, String type) {
        return thing.conditions.stream().anyMatch(condition -> condition.at("type").text("").equals(type));
    }

    private static Condition controlled(Thing thing) {
        boolean isThermostat = thing.thermostat != null && thing.spec.thermostat().isPresent();
        if (thing.controlErrors.isEmpty() && isThermostat) return thermostat(thing);
        if (thing.spec.control().isEmpty()) return Condition.of("Controlled", true, "NotWanted", "Nothing of it is controlled any more.");
        return thing.controlErrors.entrySet().stream().findFirst()
                .map(error -> Condition.of("Controlled", false, "Failed", "%s is not controlled%s: %s.".formatted(error.getKey(),
                        thing.controlled.containsKey(error.getKey()) ? " and takes its failsafe value" : "", error.getValue())))
                .orElse(Condition.of("Controlled", true, "Following", "Control follows the house."));
    }

    /// The thermostat's own word, unless what it wants waits or is held on its way.
    private static Condition thermostat(Thing thing) {
        var state = thing.thermostat;
        boolean controls = switch (state.phase()) {
            case Idle, Heating, Cooling, WaitingToHeat, WaitingToCool -> true;
            case Off, HeldByHand, SensorLost, Unable -> false;
        };
        if (!thing.held.isEmpty()) return Condition.of("Controlled", false, "Held", "%s %s".formatted(state.message(), thing.held));
        return Condition.of("Controlled", controls, state.phase().name(), state.message());
    }

    private static Condition online(House house, Thing thing, Instant now) {
        var link = house.linkError(thing);
        if (link.isPresent()) return new Condition("Online", "Unknown", "LinkDown", link.get());
        if (thing.speaksOfFirmwareAlone()) return asking(thing, now);
        if (thing.available.isPresent()) {
            return thing.available.get() ? Condition.of("Online", true, "Available", "The device says it is there.")
                    : Condition.of("Online", false, "Away", "The device or its bridge says it is away.");
        }
        return heard(thing.spokeSinceStart, firstStale(thing, now));
    }

    /// It has no values that could be old: that it asks for firmware says that it is there.
    private static Condition asking(Thing thing, Instant now) {
        var silence = thing.silentFrom().filter(silent -> !silent.isAfter(now)).map(_ -> "%s last asked for firmware %s ago, expected every %s".formatted(
                thing.key.name(), Words.duration(Duration.between(thing.asked, now)), Words.duration(thing.model.firmwarePeriod())));
        return heard(thing.asked != null, silence);
    }

    private static Condition heard(boolean sinceStart, Optional<String> silence) {
        if (!sinceStart) return new Condition("Online", "Unknown", "NotHeardYet", "The device has not spoken since the gateway started.");
        return silence.map(why -> Condition.of("Online", false, "Silent", why + ".")).orElse(Condition.of("Online", true, "Heard", "The device speaks."));
    }

    private static Condition fresh(Thing thing, Instant now) {
        if (thing.reported.isEmpty()) return Condition.of("Fresh", false, "NeverHeard", "No value of it was ever heard.");
        return firstStale(thing, now).map(why -> Condition.of("Fresh", false, "Stale", why + "."))
                .orElse(Condition.of("Fresh", true, "Fresh", "Every value is as recent as expected."));
    }

    private static Optional<String> firstStale(Thing thing, Instant now) {
        return thing.reported.keySet().stream().flatMap(name -> thing.staleness(name, now).stream()).findFirst();
    }

    private static Condition quarantined(Thing thing) {
        if (thing.spec.modelName().isEmpty()) return Condition.of("Quarantined", true, "NoModel", "Nobody has said what it is: set spec.modelName.");
        if (thing.model == null) return Condition.of("Quarantined", true, "ModelMissing", "There is no DeviceModel " + thing.spec.modelName() + ".");
        return Condition.of("Quarantined", false, "Adopted", "Its model is known.");
    }

    /// The worst property speaks for the device.
    private static Condition inSync(Thing thing) {
        return thing.syncs.entrySet().stream().map(Conditions::inSync).max((a, b) -> Integer.compare(weight(a), weight(b)))
                .orElse(Condition.of("InSync", true, "NothingWanted", "Nothing is wanted of it."));
    }

    private static int weight(Condition condition) {
        return List.of("InSync", "Applying", "Waiting", "Unreachable", "Interlocked", "Invalid").indexOf(condition.reason());
    }

    /// Why a property that a thermostat switches does not do as it says; empty when it does, or is about to.
    static String held(String device, Sync sync) {
        return sync instanceof Sync.InSync || sync instanceof Sync.Applying ? "" : inSync(Map.entry(device, sync)).message();
    }

    /// A description is a sentence already; what an expression says is none.
    private static String sentence(String why) {
        return why.endsWith(".") ? why : why + ".";
    }

    private static Condition inSync(Map.Entry<String, Sync> entry) {
        var name = entry.getKey();
        return switch (entry.getValue()) {
            case Sync.InSync _ -> Condition.of("InSync", true, "InSync", "It is as wanted.");
            case Sync.Applying _ -> Condition.of("InSync", false, "Applying", name + " is being set.");
            case Sync.Waiting(var until, var why) ->
                    Condition.of("InSync", false, "Waiting", "%s waits until %s: %s.".formatted(name, Status.time(until), why));
            case Sync.Interlocked(var interlock, var why) ->
                    Condition.of("InSync", false, "Interlocked", "%s is held by interlock %s: %s".formatted(name, interlock, sentence(why)));
            case Sync.Invalid(var why) -> Condition.of("InSync", false, "Invalid", why + ".");
            case Sync.Unreachable(var why) -> Condition.of("InSync", false, "Unreachable", "%s could not be set: %s.".formatted(name, why));
        };
    }
}
