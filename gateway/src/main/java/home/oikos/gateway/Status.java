package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Instants in status, and the difference of two statuses as a merge patch.
final class Status {
    /// No wait in a home lasts longer, so an older instant loses nothing by counting as now.
    static final Duration BELIEVED = Duration.ofDays(1);

    private Status() { }

    /// To the millisecond, for protective times count from it; `date-time` allows fractions.
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static Optional<Instant> instant(Json json) {
        try {
            return json.text().map(Instant::parse);
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /// An instant that was written before. One that lies ahead is of a clock that was wrong, and one so long ago may be: what happened then may have
    /// happened just now, and every wait begins anew.
    static Instant past(Instant then, Instant now) {
        return then.isAfter(now) || then.isBefore(now.minus(BELIEVED)) ? now : then;
    }

    /// What RFC 7396 needs to turn `before` into `after`; empty when they are equal.
    static JsonObject mergePatch(JsonObject before, JsonObject after) {
        var patch = JsonObject.EMPTY;
        for (var member : after.members().entrySet()) {
            var old = before.at(member.getKey());
            var changed = member.getValue();
            if (old.equals(changed)) continue;
            patch = patch.with(member.getKey(), old instanceof JsonObject was && changed instanceof JsonObject is ? mergePatch(was, is) : changed);
        }
        for (var name : before.names()) if (!after.has(name)) patch = patch.with(name, Json.NULL);
        return patch;
    }
}
