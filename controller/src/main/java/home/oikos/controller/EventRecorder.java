package home.oikos.controller;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Tells people what was done to an object. The same sentence again raises the count of the first event. Events are a courtesy: when one
/// cannot be written, nothing else stops. Any thread may use it.
public final class EventRecorder {
    /// Sentences remembered for counting: about 200 bytes each, 50 KB in all.
    static final int REMEMBERED_MAX = 256;

    private final ApiClient client;
    private final String component;
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<Sentence, Told> told = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Sentence, Told> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    private record Sentence(String uid, boolean warning, String reason, String message) { }

    private record Told(ObjectKey event, int count) { }

    EventRecorder(ApiClient client, String component, Clock clock, RandomGenerator random) {
        this.client = client.fieldManager(component);
        this.component = component;
        this.clock = clock;
        this.random = random;
    }

    public void normal(Reference about, String reason, String message) {
        record(about, false, reason, message);
    }

    public void warning(Reference about, String reason, String message) {
        record(about, true, reason, message);
    }

    private synchronized void record(Reference about, boolean warning, String reason, String message) {
        var sentence = new Sentence(about.uid(), warning, reason, message);
        try {
            var before = told.get(sentence);
            told.put(sentence, before == null ? first(about, sentence) : again(about, sentence, before));
        } catch (ApiException | UncheckedIOException lost) {
            told.remove(sentence);
        }
    }

    private Told again(Reference about, Sentence sentence, Told before) {
        try {
            int count = before.count() + 1;
            client.patch(Resources.EVENTS, before.event(), Patch.merge("count", count, "lastTimestamp", Times.text(clock.instant())));
            return new Told(before.event(), count);
        } catch (ApiException expired) {
            if (expired.code() != 404) throw expired;
            return first(about, sentence);
        }
    }

    private Told first(Reference about, Sentence sentence) {
        var created = client.create(Resources.EVENTS, event(about, sentence));
        return new Told(ObjectKey.of(created), 1);
    }

    private Json event(Reference about, Sentence sentence) {
        var namespace = about.key().namespace().isEmpty() ? "default" : about.key().namespace();
        var now = Times.text(clock.instant());
        var name = about.key().name() + "." + Long.toHexString(random.nextLong() | Long.MIN_VALUE);
        return JsonObject.of("apiVersion", "v1", "kind", "Event",
                "metadata", JsonObject.of("name", name, "namespace", namespace),
                "involvedObject", about.json(), "reason", sentence.reason(), "message", sentence.message(),
                "type", sentence.warning() ? "Warning" : "Normal", "count", 1, "firstTimestamp", now, "lastTimestamp", now,
                "source", JsonObject.of("component", component),
                "reportingComponent", component, "reportingInstance", component);
    }
}
