package home.oikos.workloads;

import home.oikos.api.ApiException;
import home.oikos.api.JsonArray;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Discovery;
import home.oikos.client.Resources;
import home.oikos.client.Selection;
import home.oikos.controller.MergeDifference;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import home.oikos.controller.Times;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// Empties a namespace that is to go, says what holds it up, and lets it go when nothing does.
final class NamespaceReconciler implements Reconciler {
    /// Content may leave without a word to us (a finalizer removed by its owner), so a terminating namespace is looked at again.
    static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    static final Duration LOOK_AGAIN_MAX = Duration.ofSeconds(15);

    private final ApiClient client;
    private final Cache<Namespace> namespaces;
    private final Clock clock;

    NamespaceReconciler(Workshop workshop, Cache<Namespace> namespaces) {
        this.client = workshop.client().fieldManager("namespace-controller");
        this.namespaces = namespaces;
        this.clock = workshop.clock();
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = namespaces.get(key).filter(namespace -> namespace.metadata().deleting()
                && namespace.specFinalizers().contains(Namespace.FINALIZER));
        if (found.isEmpty()) return Outcome.SETTLED;
        var namespace = found.get();
        var content = empty(namespace.name());
        report(namespace, content);
        if (!content.isEmpty()) return new Outcome.CheckAgain(patience(namespace));
        finish(namespace);
        return Outcome.SETTLED;
    }

    /// The longer it has taken, the less often it is looked at: somebody who holds a namespace for a week costs nothing.
    private Duration patience(Namespace namespace) {
        var since = client.find(Resources.NAMESPACES, namespace.metadata().key())
                .flatMap(live -> Times.read(live.at("metadata", "deletionTimestamp"))).orElse(clock.instant());
        var waited = Duration.between(since, clock.instant()).dividedBy(4);
        if (waited.compareTo(LOOK_AGAIN) < 0) return LOOK_AGAIN;
        return waited.compareTo(LOOK_AGAIN_MAX) < 0 ? waited : LOOK_AGAIN_MAX;
    }

    private NamespaceContent empty(String namespace) {
        var content = new NamespaceContent();
        for (var served : Discovery.preferred(client)) {
            if (!served.resource().namespaced() || !served.verbs().contains("list") || !served.verbs().contains("delete")) continue;
            empty(namespace, served).ifPresent(why -> content.failed(served, why));
            client.list(served.resource(), namespace, Selection.ALL, object -> content.remains(served, object));
        }
        return content;
    }

    /// @return why it could not be deleted, empty when it was asked to
    private Optional<String> empty(String namespace, Discovery.Served served) {
        try {
            if (client.page(served.resource(), namespace, Selection.ALL, 1, "").items().isEmpty()) return Optional.empty();
            var background = DeleteOptions.of(DeleteOptions.Propagation.Background);
            if (served.verbs().contains("deletecollection")) client.deleteAll(served.resource(), namespace, Selection.ALL, background);
            else for (var object : client.list(served.resource(), namespace)) {
                client.deleteIfPresent(served.resource(), ObjectKey.of(object), background);
            }
            return Optional.empty();
        } catch (ApiException refused) {
            return refused.code() == 404 || refused.code() == 405 ? Optional.empty() : Optional.of(refused.getMessage());
        }
    }

    private void report(Namespace namespace, NamespaceContent content) {
        var conditions = content.conditions(namespace.status().at("conditions"), clock.instant());
        var status = namespace.status().with("phase", "Terminating").with("conditions", conditions);
        MergeDifference.ofStatus(namespace.status(), status)
                .ifPresent(patch -> client.patchStatus(Resources.NAMESPACES, namespace.metadata().key(), patch));
    }

    /// Through /finalize, which alone may change a namespace's own finalizers; it replaces metadata too, so the live object is sent back.
    private void finish(Namespace namespace) {
        var key = namespace.metadata().key();
        var live = client.find(Resources.NAMESPACES, key);
        if (live.isEmpty()) return;
        var kept = live.get().at("spec", "finalizers").array().stream().filter(name -> !name.text("").equals(Namespace.FINALIZER)).toList();
        client.put(Resources.NAMESPACES, key, "finalize", live.get().object().withAt(new JsonArray(kept), "spec", "finalizers"));
    }
}
