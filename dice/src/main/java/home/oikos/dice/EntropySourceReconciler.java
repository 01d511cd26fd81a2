package home.oikos.dice;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.controller.EventRecorder;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import home.oikos.controller.Reference;
import home.oikos.controller.Times;
import java.time.Clock;

/// Has a feed for every EntropySource, and tells in its status what became of it. Its queue gets the key whenever the object or the feed's state
/// changes.
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
        var state = feeds.follow(source, object.at("status"));
        tell(source, object.at("status"), state);
        write(object, SourceStatus.of(source, state, object.at("status"), clock.instant()));
    }

    private void tell(EntropySource source, Json before, SourceState state) {
        var about = new Reference(Kinds.ENTROPY_SOURCES, source.key(), source.uid());
        boolean news = !before.at("state").text("").equals(state.word()) || !before.at("stateSinceTime").text("").equals(Times.text(state.since()));
        if (!news) return;
        switch (state) {
            case SourceState.Failed(_, _, var why, _) -> events.warning(about, why.reason(),
                    "%s failed: %s. One-time passwords and Secrets are made from the system's source alone, no weaker than without it"
                            .formatted(source.key().name(), why.message()));
            case SourceState.Suspect(_, _, var why) -> events.warning(about, why.reason(), "%s is suspect: %s".formatted(source.key().name(), why.message()));
            case SourceState.Healthy _ -> events.normal(about, "Healthy", source.key().name() + " passed its start-up test");
            case SourceState.Starting _ -> { }
        }
    }

    private void write(Json object, JsonObject status) {
        if (!status.equals(object.at("status"))) client.updateStatus(Kinds.ENTROPY_SOURCES, object.object().with("status", status));
    }
}
