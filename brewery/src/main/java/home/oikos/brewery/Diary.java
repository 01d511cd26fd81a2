package home.oikos.brewery;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.client.ApiClient;
import home.oikos.client.Resources;
import home.oikos.controller.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What happened to a batch, each line also told as an event: once it stands in status, under its number, so that one who died in between tells it, and
/// none is told twice.
final class Diary {
    /// Lines kept in status, at some 150 bytes each; the events are kept by the API for as long as it keeps events.
    static final int LINES_MAX = 60;
    private static final String COMPONENT = "oikos-brewery";
    private static final Set<String> WARNINGS = Set.of(Phase.Stalled.name(), "Ask", "StepSkipped", "StepRefused");
    /// Of what a process before this one wrote, older lines were told, or are too old to be told as news.
    private static final Duration RECENT = Duration.ofMinutes(5);

    private final List<JsonObject> lines = new ArrayList<>();

    void tell(String reason, String text) {
        lines.add(JsonObject.of("reason", reason, "text", text));
    }

    /// Writes the lines below those that are there.
    JsonObject in(JsonObject status, Instant now) {
        if (lines.isEmpty()) return status;
        var all = new ArrayList<Json>(status.at("diary").array().elements());
        long number = count(status) + lines.size();
        for (var line : lines) all.add(JsonObject.of("time", Times.text(now)).withAll(line));
        lines.clear();
        return status.with("diary", new JsonArray(all.subList(Math.max(0, all.size() - LINES_MAX), all.size()))).with("diaryLines", number);
    }

    /// How many lines were ever written.
    static long count(Json status) {
        return status.at("diaryLines").integer((long) status.at("diary").array().size());
    }

    /// The number of the first line that nobody may have told yet.
    static long firstRecent(Json status, Instant now) {
        var old = status.at("diary").array().stream()
                .takeWhile(line -> Times.read(line.at("time")).orElse(Instant.EPOCH).isBefore(now.minus(RECENT))).count();
        return count(status) - status.at("diary").array().size() + old;
    }

    /// Tells the lines of status from that number on.
    static void announce(Json status, long from, Fermentation batch, ApiClient client) {
        var kept = status.at("diary").array().elements();
        long first = count(status) - kept.size();
        for (long number = Math.max(from, first); number < count(status); number++) event(batch, client, kept.get((int) (number - first)), number);
    }

    private static void event(Fermentation batch, ApiClient client, Json line, long number) {
        var at = line.at("time");
        var reason = line.at("reason").text("");
        var name = "%s.%s.%s.%d".formatted(batch.key().name(), batch.uid().replaceAll("-.*", ""),
                Long.toHexString(batch.clock().pitch().getEpochSecond()), number);
        var about = JsonObject.of("apiVersion", Fermentation.RESOURCE.apiVersion(), "kind", "Fermentation", "namespace",
                batch.key().namespace(),
                "name", batch.key().name(), "uid", batch.uid());
        try {
            client.create(Resources.EVENTS, JsonObject.of("apiVersion", "v1", "kind", "Event", "metadata", JsonObject.of("name", name,
                    "namespace", batch.key().namespace()), "involvedObject", about, "reason", reason, "message", line.at("text"),
                    "type", WARNINGS.contains(reason) ? "Warning" : "Normal", "count", 1, "firstTimestamp", at, "lastTimestamp", at,
                    "source", JsonObject.of("component", COMPONENT), "reportingComponent", COMPONENT, "reportingInstance", COMPONENT));
        } catch (ApiException lost) {
            // Told before, or a namespace that is going away: events are a courtesy, the diary is what is kept.
            if (lost.code() >= 500) throw lost;
        }
    }
}
