package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.QuotaUsage;
import home.oikos.client.ApiClient;
import home.oikos.client.Discovery;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.MergeDifference;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Counts what the objects of a namespace use and writes it into its ResourceQuotas: admission only ever adds, so what was deleted, and
/// what was charged for a write that failed, is found here. It looks when an object comes or goes, and every few minutes.
final class QuotaReconciler implements Reconciler {
    private static final Duration PERIOD = Duration.ofMinutes(5);

    private final ApiClient client;

    QuotaReconciler(Workshop workshop) {
        this.client = workshop.client().fieldManager("resourcequota-controller");
    }

    /// The quota is read before what it counts: a charge in between makes the write below a conflict, and it is counted anew.
    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = client.find(Resources.RESOURCE_QUOTAS, key);
        if (found.isEmpty()) return Outcome.SETTLED;
        var quota = new Quota(found.get());
        var counted = counted(key.namespace(), QuotaUsage.counted(found.get().at("spec", "hard").object().names()));
        var change = MergeDifference.between(quota.status(), quota.status(counted));
        if (!change.isEmpty()) client.patchStatus(Resources.RESOURCE_QUOTAS, key, Patch.merge("status", change, "metadata", version(found.get())));
        return new Outcome.CheckAgain(PERIOD);
    }

    private static JsonObject version(Json quota) {
        return JsonObject.of("resourceVersion", quota.at("metadata", "resourceVersion"));
    }

    private Map<String, List<Json>> counted(String namespace, Set<String> names) {
        var counted = new HashMap<String, List<Json>>();
        for (var served : Discovery.preferred(client)) {
            var resource = served.resource();
            var name = resource.group().isEmpty() ? resource.plural() : resource.plural() + "." + resource.group();
            if (names.contains(name) && resource.namespaced() && served.verbs().contains("list")) {
                counted.put(name, client.list(resource, namespace));
            }
        }
        return counted;
    }
}
