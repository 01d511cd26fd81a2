package home.oikos.brewery;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.client.ApiClient;
import home.oikos.client.Resources;
import home.oikos.controller.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What happened to a batch, each line also told as an event. An event's name is its line's number, so that one who died between the event
/// and the line tells it once.
final class Diary {
    /// Lines kept in status, at some 150 bytes each; the events are kept by the API for as long as it keeps events.
    static final int LINES_MAX = 60;
    private static final String COMPONENT = "oikos-brewery";

    private final List<Line> lines = new ArrayList<>();

    private record Line(boolean warning, String reason, String text) { }

    void tell(String reason, String text) {
        lines.add(new Line(false, reason, text));
    }

    void warn(String reason, String text) {
        lines.add(new Line(true, reason, text));
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /// Tells the events and writes the lines below those that are there.
    JsonObject in(JsonObject status, Fermentation batch, ApiClient client, Instant now) {
        if (lines.isEmpty()) return status;
        var all = new ArrayList<Json>(status.at("diary").array().elements());
        long number = status.at("diaryLines").integer((long) all.size());
        for (var line : lines) {
            event(batch, client, line, number++, now);
            all.add(JsonObject.of("time", Times.text(now), "reason", line.reason(), "text", line.text()));
        }
        lines.clear();
        return status.with("diary", new JsonArray(all.subList(Math.max(0, all.size() - LINES_MAX), all.size()))).with("diaryLines", number);
    }

    private static void event(Fermentation batch, ApiClient client, Line line, long number, Instant now) {
        var at = Times.text(now);
        var name = "%s.%s.%s.%d".formatted(batch.key().name(), batch.uid().replaceAll("-.*", ""),
                Long.toHexString(batch.clock().pitch().getEpochSecond()), number);
        var about = JsonObject.of("apiVersion", Fermentation.RESOURCE.apiVersion(), "kind", "Fermentation", "namespace",
                batch.key().namespace(),
                "name", batch.key().name(), "uid", batch.uid());
        try {
            client.create(Resources.EVENTS, JsonObject.of("apiVersion", "v1", "kind", "Event", "metadata", JsonObject.of("name", name,
                    "namespace", batch.key().namespace()), "involvedObject", about, "reason", line.reason(), "message", line.text(),
                    "type", line.warning() ? "Warning" : "Normal", "count", 1, "firstTimestamp", at, "lastTimestamp", at,
                    "source", JsonObject.of("component", COMPONENT), "reportingComponent", COMPONENT, "reportingInstance", COMPONENT));
        } catch (ApiException lost) {
            // Told before, or a namespace that is going away: events are a courtesy, the diary is what is kept.
            if (lost.code() >= 500) throw lost;
        }
    }
}
