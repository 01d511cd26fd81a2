package home.oikos.workloads;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Resources;
import home.oikos.controller.EventRecorder;
import home.oikos.controller.Reference;
import java.time.Clock;

/// Makes and deletes pods for a controller, notes what is to be expected of the cache, and tells the owner's events.
final class PodWriter {
    private final ApiClient client;
    private final Expectations expectations;
    private final EventRecorder events;
    private final Clock clock;

    PodWriter(ApiClient client, Expectations expectations, EventRecorder events, Clock clock) {
        this.client = client;
        this.expectations = expectations;
        this.events = events;
        this.clock = clock;
    }

    boolean isUpToDate(ObjectKey owner) {
        return expectations.areMet(owner, clock.instant());
    }

    void forget(ObjectKey owner) {
        expectations.forget(owner);
    }

    /// @throws ApiException when the server refuses, after the event that says so
    void create(Reference owner, JsonObject pod) {
        var key = ObjectKey.of(pod);
        expectations.creating(owner.key(), key, clock.instant());
        try {
            client.create(Resources.PODS, pod);
        } catch (RuntimeException refused) {
            expectations.failed(key);
            if (isNamespaceGoing(refused)) throw refused;
            events.warning(owner, "FailedCreate", "Error creating: " + refused.getMessage());
            throw refused;
        }
        events.normal(owner, "SuccessfulCreate", "Created pod: " + key.name());
    }

    /// Whoever deletes a namespace need not hear that its controllers cannot go on.
    private static boolean isNamespaceGoing(RuntimeException refused) {
        return refused instanceof ApiException api && api.code() == 403
                && api.status().details().stream()
                .flatMap(details -> details.causes().stream()).anyMatch(cause -> cause.reason().equals("NamespaceTerminating"));
    }

    void delete(Reference owner, Metadata pod) {
        expectations.deleting(owner.key(), pod.key(), clock.instant());
        try {
            if (!client.deleteIfPresent(Resources.PODS, pod.key(), DeleteOptions.ofUid(pod.uid()))) expectations.failed(pod.key());
        } catch (RuntimeException refused) {
            expectations.failed(pod.key());
            events.warning(owner, "FailedDelete", "Error deleting: " + refused.getMessage());
            throw refused;
        }
        events.normal(owner, "SuccessfulDelete", "Deleted pod: " + pod.name());
    }
}
