package home.oikos.rollout;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.controller.Times;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where one device is in a rollout. Immutable; [RolloutPlan] makes the next one.
///
/// @param order what it was asked to run; what follows from it is what the device is told
/// @param wave 0 for a canary, then its batch; -1 before its turn
/// @param tries how often it was asked to go back, or the API refused to ask it
/// @param previous what it had before, and goes back to
/// @param start when it was asked
/// @param soakUntil until when it is watched
/// @param unhealthy since when a sign of health has been false, by its name
/// @param retry before then it is not asked again
/// @param updated when it counted as updated
record Member(String name, Phase phase, String reason, String message, Wish order, int wave, int tries, Previous previous, Optional<Instant> start,
        Optional<Instant> soakUntil, Map<String, Instant> unhealthy, Optional<Instant> retry, Optional<Instant> updated) {
    /// As the API spells them.
    enum Phase {
        Waiting, Updating,
        /// The offer was taken back; what becomes of it is not known yet.
        Withdrawing,
        Soaking, Updated, Failed, RollingBack, RolledBack
    }

    /// @param firmwareName empty when no Firmware of the namespace has that version
    /// @param version empty when nothing was changed since the rollout was complete
    record Previous(String firmwareName, String version) {
        static final Previous NONE = new Previous("", "");
    }

    Member {
        unhealthy = Map.copyOf(unhealthy);
    }

    static Member joining(String name) {
        return new Member(name, Phase.Waiting, "Joining", "", new Wish("", 0), -1, 0, Previous.NONE, Optional.empty(), Optional.empty(), Map.of(),
                Optional.empty(), Optional.empty());
    }

    /// Whether this rollout has asked something of it that it may have to take back.
    boolean isTouched() {
        return !previous.version().isEmpty();
    }

    /// Whether it is asked for something that is not over.
    boolean isUnderWay() {
        return phase == Phase.Updating || phase == Phase.Withdrawing || phase == Phase.RollingBack;
    }

    boolean is(Phase wanted) {
        return phase == wanted;
    }

    Member become(Phase next, String why, String words) {
        return new Member(name, next, why, words, order, wave, tries, previous, start, soakUntil, unhealthy, retry, updated);
    }

    /// Its turn comes later, or again.
    Member wait(String why, String words) {
        return new Member(name, Phase.Waiting, why, words, order, -1, tries, previous, Optional.empty(), Optional.empty(), Map.of(), retry, Optional.empty());
    }

    Member notBefore(Instant then) {
        return new Member(name, phase, reason, message, order, wave, tries, previous, start, soakUntil, unhealthy, Optional.of(then), updated);
    }

    Member asked(Phase next, Wish newOrder, int newWave, int newTries, Previous before, Instant now) {
        return new Member(name, next, "Asked", "", newOrder, newWave, newTries, before, Optional.of(now), Optional.empty(), Map.of(), Optional.empty(),
                Optional.empty());
    }

    Member refused() {
        return new Member(name, phase, reason, message, order, wave, tries + 1, previous, start, soakUntil, unhealthy, retry, updated);
    }

    Member soaks(Instant until, String words) {
        return new Member(name, Phase.Soaking, "Watched", words, order, wave, tries, previous, start, Optional.of(until), Map.of(), retry, updated);
    }

    Member proven(String why, Instant now) {
        return new Member(name, Phase.Updated, why, "", order, wave, tries, previous, start, soakUntil, Map.of(), Optional.empty(), Optional.of(now));
    }

    Member ails(Map<String, Instant> since) {
        return new Member(name, phase, reason, message, order, wave, tries, previous, start, soakUntil, since, retry, updated);
    }

    /// What it has is what it would go back to from here on.
    Member settled() {
        return new Member(name, phase, reason, message, order, wave, tries, Previous.NONE, start, soakUntil, unhealthy, retry, updated);
    }

    /// Another revision begins: it has no turn yet, and what it had before stays in mind.
    Member anew() {
        return new Member(name, phase, reason, message, order, -1, 0, previous, Optional.empty(), Optional.empty(), Map.of(), Optional.empty(),
                Optional.empty());
    }

    static Member read(Json json) {
        var word = json.at("phase").text("");
        var phase = Arrays.stream(Phase.values()).filter(each -> each.name().equals(word)).findFirst().orElse(Phase.Waiting);
        var unhealthy = new TreeMap<String, Instant>();
        json.at("unhealthySinceTimes").object().members().forEach((check, time) -> Times.read(time).ifPresent(at -> unhealthy.put(check, at)));
        return new Member(json.at("name").text(""), phase, json.at("reason").text(""), json.at("message").text(""), Wish.read(json),
                json.at("wave").integer(-1), json.at("tries").integer(0),
                new Previous(json.at("previousFirmwareName").text(""), json.at("previousVersion").text("")), Times.read(json.at("startTime")),
                Times.read(json.at("soakUntilTime")), unhealthy, Times.read(json.at("retryTime")), Times.read(json.at("updatedTime")));
    }

    JsonObject json() {
        var since = new TreeMap<String, String>();
        unhealthy.forEach((check, at) -> since.put(check, Times.text(at)));
        return JsonObject.of("name", name, "phase", phase.name(), "reason", reason, "message", orAbsent(message),
                "firmwareName", orAbsent(order.firmwareName()), "attempt", order.attempt() == 0 ? null : order.attempt(),
                "wave", wave < 0 ? null : wave, "tries", tries == 0 ? null : tries,
                "previousFirmwareName", orAbsent(previous.firmwareName()), "previousVersion", orAbsent(previous.version()), "startTime", time(start),
                "soakUntilTime", time(soakUntil), "unhealthySinceTimes", since.isEmpty() ? null : since, "retryTime", time(retry),
                "updatedTime", time(updated));
    }

    private static String orAbsent(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String time(Optional<Instant> at) {
        return at.map(Times::text).orElse(null);
    }
}
