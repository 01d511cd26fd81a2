package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.controller.Condition;
import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Everything known of one device. Belongs to [House] and its thread.
final class Thing {
    /// How long a device that was reported away may have been so before its last word counts as stale, where the model has no period.
    static final Duration AWAY_GRACE = Duration.ofSeconds(60);

    /// The longest dead time that makes sense.
    static final Duration REMEMBERED = Duration.ofHours(1);
    /// Different values commanded of one property within the time they may be late: a slider moved by hand.
    private static final int EARLIER_MAX = 8;

    final Boot boot;
    final ObjectKey key;
    DeviceSpec spec;
    ModelSpec model;
    final Map<String, Reported> reported = new TreeMap<>();
    final Map<String, Attempt> attempts = new TreeMap<>();
    /// What was commanded before and may still be on its way, by property.
    final Map<String, List<Attempt>> superseded = new TreeMap<>();
    final Map<String, Sync> syncs = new TreeMap<>();
    /// What control comes to, and why it does not where it fails.
    final Map<String, Value> controlled = new TreeMap<>();
    final Map<String, String> controlErrors = new TreeMap<>();
    /// The device whose thermostat switches a property.
    final Map<String, ObjectKey> controllers = new TreeMap<>();
    /// What the thermostat of this device does; null when it has none.
    ThermostatState thermostat;
    /// Why what its thermostat switches does not do as it says; empty when it does.
    String held = "";
    /// The properties that it said since the start, itself and not by what a broker kept.
    final Set<String> spoken = new HashSet<>();
    /// Why the last reading of a number could not be believed, by property.
    final Map<String, String> distrusted = new TreeMap<>();
    /// What several sensors say of one property.
    final Map<String, Joined> joined = new TreeMap<>();
    /// Of numbers whose model says how fast they can move.
    final Map<String, Steadiness> steadiness = new TreeMap<>();
    /// Failsafe values of a device that fell silent.
    final Map<String, Value> fallback = new TreeMap<>();
    /// What codes permit just now, by property.
    final Map<String, Permit> permits = new TreeMap<>();
    /// What the device or its bridge says of itself; empty when nothing does.
    Optional<Boolean> available = Optional.empty();
    Instant awaySince;
    Instant heard;
    /// When it last asked for firmware or said something of it, which is no word about its properties; null before it has since the start.
    Instant asked;
    boolean spokeSinceStart;
    JsonObject drift = JsonObject.EMPTY;
    JsonArray conditions = JsonArray.EMPTY;
    List<Condition> judged = List.of();
    FirmwareState firmware = FirmwareState.UNKNOWN;
    /// As it is on the disk: a device hears of nothing else.
    FirmwareState firmwareCommitted = FirmwareState.UNKNOWN;
    /// As it was last judged.
    Spares.Standing standing = Spares.Standing.UNKNOWN;
    boolean dirty;
    /// When time alone may change something about it.
    Instant due;
    /// Messages whose content is not in the API yet.
    final Receipts receipts = new Receipts();

    Thing(DeviceSpec spec, Boot boot, Instant now) {
        this.boot = boot;
        this.key = spec.key();
        this.spec = spec;
        this.due = now;
        restore(spec.restored(), now);
    }

    /// After a start the last known state stands until the device speaks.
    private void restore(JsonObject status, Instant now) {
        conditions = status.at("conditions").array();
        drift = status.at("drift").object();
        firmware = FirmwareState.read(status.at("firmware"));
        firmwareCommitted = firmware;
        status.at("reported").object().members().forEach((name, json) -> Value.of(json.at("value")).ifPresent(value ->
                reported.put(name, new Reported(value, now, past(status, json.at("changedTime"), now), Value.of(json.at("previousValue")), value,
                        past(status, json.at("observedTime"), now)))));
        status.at("control", "controllers").object().members().forEach((name, vessel) -> {
            controllers.put(name, new ObjectKey(key.namespace(), vessel.text("")));
            Value.of(status.at("control", "values", name)).ifPresent(value -> controlled.put(name, value));
        });
        status.at("commanded").object().members().forEach((name, json) -> {
            Value.of(json.at("value")).ifPresent(value -> supersede(name, Attempt.planned(value, true, now)));
            json.at("earlier").array().forEach(earlier -> Value.of(earlier).ifPresent(value -> supersede(name, Attempt.planned(value, true, now))));
        });
    }

    /// When something was that the restored status tells of, by the clock of now; what nobody knows was just now.
    Instant past(JsonObject status, Json then, Instant now) {
        return Status.instant(then).map(at -> Status.past(boot.then(status.at("clock"), at, now), now)).orElse(now);
    }

    Optional<PropertyModel> property(String name) {
        return model == null ? Optional.empty() : model.property(name);
    }

    /// Why the value of a property cannot be relied on; empty when it can.
    Optional<String> staleness(String name, Instant now) {
        var said = reported.get(name);
        if (distrusted.containsKey(name)) return Optional.of(distrusted.get(name));
        if (said == null) return Optional.of(key.name() + " never said " + name);
        var limit = property(name).flatMap(PropertyModel::staleAfter);
        if (limit.isPresent() && said.age(now).compareTo(limit.get()) > 0) {
            return Optional.of("%s of %s is %s old, expected every %s".formatted(name, key.name(), Words.duration(said.age(now)),
                    Words.duration(limit.get().dividedBy(2))));
        }
        if (awaySince != null && Duration.between(awaySince, now).compareTo(limit.orElse(AWAY_GRACE)) > 0) {
            return Optional.of("%s has been away for %s".formatted(key.name(), Words.duration(Duration.between(awaySince, now))));
        }
        return Optional.empty();
    }

    /// When the next value will go stale, if nothing is heard.
    Optional<Instant> nextStale(Instant now) {
        return reported.entrySet().stream()
                .flatMap(entry -> staleAt(entry.getKey(), entry.getValue()).stream())
                .filter(at -> at.isAfter(now)).min(Instant::compareTo);
    }

    private List<Instant> staleAt(String name, Reported said) {
        var instants = new ArrayList<Instant>();
        var limit = property(name).flatMap(PropertyModel::staleAfter);
        limit.ifPresent(most -> instants.add(said.observed().plus(most).plusMillis(1)));
        if (awaySince != null) instants.add(awaySince.plus(limit.orElse(AWAY_GRACE)).plusMillis(1));
        return instants;
    }

    /// Whether it has no connection, so that what it says of its firmware is all that is ever heard of it.
    boolean speaksOfFirmwareAlone() {
        return spec.protocol().isEmpty() && model != null && !model.firmwareChannel().isEmpty();
    }

    /// When a device that speaks of its firmware alone has been silent for too long; empty for others, and before it has spoken.
    Optional<Instant> silentFrom() {
        return speaksOfFirmwareAlone() && asked != null ? Optional.of(asked.plus(model.firmwareStaleAfter())) : Optional.empty();
    }

    /// When it last said anything at all; empty when it has not since the start.
    Optional<Instant> lastWord() {
        return Stream.of(heard, asked).filter(Objects::nonNull).max(Instant::compareTo);
    }

    /// All values a property may have now or get by itself: reported, on their way, and, for a dead time, those it had a moment ago.
    List<Value> possible(String name, Duration deadTime, Instant now) {
        var values = new ArrayList<Value>();
        var said = reported.get(name);
        if (said != null) {
            values.add(said.value());
            if (now.isBefore(said.changed().plus(deadTime))) said.previous().ifPresent(values::add);
        }
        var attempt = attempts.get(name);
        if (attempt != null && (attempt.count() > 0 || attempt.committed())) values.add(attempt.value());
        superseded.getOrDefault(name, List.of()).stream().filter(past -> mayArrive(name, past, now) || now.isBefore(past.sent().plus(deadTime)))
                .forEach(past -> values.add(past.value()));
        return values.stream().distinct().toList();
    }

    /// Whether an earlier command may still have its effect, or have had it unseen. Time alone does not settle that: the report may be lost. What the
    /// device says later than any message can be late does. A device that speaks only when something changes is believed to take its messages in order.
    private boolean mayArrive(String name, Attempt past, Instant now) {
        var said = reported.get(name);
        if (said == null || property(name).flatMap(PropertyModel::expectedPeriod).isEmpty()) return past.isPossible(now);
        return isUnanswered(said, past);
    }

    /// Whether what was said last is no later than the command can be late.
    private static boolean isUnanswered(Reported said, Attempt past) {
        return !said.observed().isAfter(past.sent().plus(Attempt.LIFETIME));
    }

    /// What a property may have been since it was last heard of: something that left, and that nothing said later than it can be late answers.
    /// @param value what the property is now
    Optional<Value> unheard(String name, Value value) {
        var said = reported.get(name);
        var left = Stream.concat(superseded.getOrDefault(name, List.of()).stream(),
                Stream.ofNullable(attempts.get(name)).filter(attempt -> attempt.count() > 0));
        return left.filter(past -> !past.value().equals(value) && isUnanswered(said, past)).map(Attempt::value).findFirst();
    }

    /// Whether something that left may still make a property so.
    boolean mayBecome(String name, Value value, Instant now) {
        var attempt = attempts.get(name);
        return attempt != null && attempt.count() > 0 && attempt.value().equals(value) || earlier(name, now).contains(value);
    }

    /// The values that earlier commands may still bring about.
    List<Value> earlier(String name, Instant now) {
        return superseded.getOrDefault(name, List.of()).stream().filter(past -> mayArrive(name, past, now)).map(Attempt::value).toList();
    }

    /// Forgets commands that can have no effect any more; those of the last [#REMEMBERED] still count for dead times.
    void prune(Instant now) {
        superseded.forEach((name, past) -> {
            if (past.removeIf(old -> !mayArrive(name, old, now) && old.sent().plus(REMEMBERED).isBefore(now))) dirty = true;
        });
    }

    /// When the possible values of a property next become fewer by the passing of time alone.
    Optional<Instant> nextImpossible(String name, Duration deadTime, Instant now) {
        var ends = new ArrayList<Instant>();
        var said = reported.get(name);
        if (said != null && said.previous().isPresent()) ends.add(said.changed().plus(deadTime));
        for (var past : superseded.getOrDefault(name, List.of())) {
            ends.add(past.sent().plus(deadTime.compareTo(Attempt.LIFETIME) > 0 ? deadTime : Attempt.LIFETIME));
        }
        return ends.stream().filter(end -> end.isAfter(now)).min(Instant::compareTo);
    }

    void plan(String name, Attempt attempt, Instant now) {
        forget(name, now);
        attempts.put(name, attempt);
        dirty = true;
    }

    /// The attempt is over; what left may still arrive.
    void forget(String name, Instant now) {
        var before = attempts.remove(name);
        if (before == null) return;
        dirty = true;
        if (before.count() > 0) supersede(name, before);
    }

    private void supersede(String name, Attempt attempt) {
        var past = superseded.computeIfAbsent(name, _ -> new ArrayList<>());
        past.removeIf(old -> old.value().equals(attempt.value()));
        past.add(attempt);
        if (past.size() > EARLIER_MAX) past.removeFirst();
    }

    /// The clock was set: what lasts so long still lasts so long.
    void moveClock(Duration by) {
        reported.replaceAll((_, said) -> said.moved(by));
        steadiness.values().forEach(steady -> steady.moveClock(by));
        attempts.replaceAll((_, attempt) -> attempt.moved(by));
        permits.replaceAll((_, permit) -> permit.moved(by));
        superseded.values().forEach(past -> past.replaceAll(attempt -> attempt.moved(by)));
        if (awaySince != null) awaySince = awaySince.plus(by);
        if (heard != null) heard = heard.plus(by);
        if (asked != null) asked = asked.plus(by);
        if (thermostat != null) thermostat = thermostat.moved(by);
        due = due.plus(by);
        dirty = true;
    }

    boolean conditionIs(String type, String status) {
        return judged.stream().anyMatch(condition -> condition.type().equals(type) && condition.status().equals(status));
    }

    Json desired(String property) {
        var value = spec.desired().get(property);
        return value == null ? Json.NULL : value.json();
    }
}
