package home.oikos.dice;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.controller.EventRecorder;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import home.oikos.controller.Reference;
import java.time.Clock;

/// Has a feed for every EntropySource, and tells in its status what became of it. Its queue gets the key whenever the object or the feed's state
/// changes, and the status is written then and at no other time.
final class EntropySourceReconciler implements Reconciler {
    private final ApiClient client;
    private final Feeds feeds;
    private final EventRecorder events;
    private final Clock clock;

    EntropySourceReconciler(ApiClient client, Feeds feeds, EventRecorder events, Clock clock) {
        this.client = client;
        this.feeds = feeds;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var object = client.find(Kinds.ENTROPY_SOURCES, key).orElse(null);
        if (object == null) {
            feeds.stop(key);
            return Outcome.SETTLED;
        }
        try {
            follow(object, EntropySource.read(object));
        } catch (IllegalArgumentException wrong) {
            feeds.stop(key);
            write(object, SourceStatus.invalid(object.at("metadata", "generation").integer(0L), wrong.getMessage(), object.at("status"), clock.instant()));
        }
        return Outcome.SETTLED;
    }

    private void follow(Json object, EntropySource source) {
        var before = object.at("status");
        var status = SourceStatus.of(source, feeds.follow(source, before), before, clock.instant());
        tell(source, before, status);
        write(object, status);
    }

    private void tell(EntropySource source, Json before, JsonObject status) {
        var about = new Reference(Kinds.ENTROPY_SOURCES, source.key(), source.uid());
        var name = source.key().name();
        var failure = status.at("lastFailure");
        boolean failed = status.at("state").text("").equals("Failed");
        if (failed && !before.at("state").text("").equals("Failed")) {
            events.warning(about, failure.at("reason").text(""), ("%s failed: %s. One-time passwords and Secrets are made from the system's source alone, "
                    + "no weaker than without it").formatted(name, failure.at("message").text("")));
        } else if (!failed && !failure.equals(before.at("lastFailure"))) {
            events.warning(about, failure.at("reason").text(""), "%s was suspected: %s".formatted(name, failure.at("message").text("")));
        }
        boolean healthy = status.at("state").text("").equals("Healthy");
        if (healthy && !status.at("stateSinceTime").equals(before.at("stateSinceTime"))) {
            events.normal(about, "Healthy", name + " passed its start-up test");
        }
    }

    private void write(Json object, JsonObject status) {
        if (!status.equals(object.at("status"))) client.updateStatus(Kinds.ENTROPY_SOURCES, object.object().with("status", status));
    }
}
