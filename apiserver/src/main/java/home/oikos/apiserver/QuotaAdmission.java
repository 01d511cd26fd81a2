package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.GroupVersion;
import home.oikos.api.JsonObject;
import home.oikos.api.Reason;
import home.oikos.store.ConflictException;
import home.oikos.store.Durability;
import home.oikos.store.Entry;
import home.oikos.store.Put;
import home.oikos.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Refuses what would exceed a ResourceQuota, and writes what is let in into the quota's `status.used` before it is stored: the store's
/// compare-and-set makes many writers take turns. What is charged for a write that fails later, and what deletions free, the quota
/// controller finds. Must be the last of the plugins.
final class QuotaAdmission implements AdmissionPlugin {
    /// Each lost turn means that another write was charged; after so many the client is asked to come again.
    private static final int TURNS_MAX = 64;

    private final Store store;
    private final Resources resources;

    QuotaAdmission(Store store, Resources resources) {
        this.store = store;
        this.resources = resources;
    }

    @Override
    public void validate(Admission admission, JsonObject object) {
        if (admission.namespace().isEmpty() || !concerns(admission)) return;
        var quotas = quotas(admission.namespace());
        if (quotas.isEmpty()) return;
        var charge = new QuotaCharge(admission, object);
        quotas.removeIf(quota -> !charge.isCoveredBy(ObjectBytes.tree(quota)));
        for (var quota : quotas) charge.checkNamed(ObjectBytes.tree(quota));
        for (var quota : quotas) charge(charge, quota, admission);
    }

    /// Counting happens when a thing comes, and when a pod, Service or claim changes what it uses.
    private static boolean concerns(Admission admission) {
        if (admission.operation() == Operation.CREATE) return admission.subresource().isEmpty();
        if (admission.operation() != Operation.UPDATE) return false;
        return switch (admission.resource().definition().groupVersionResource().qualified()) {
            case "services", "persistentvolumeclaims" -> admission.subresource().isEmpty();
            case "pods" -> admission.subresource().equals("resize");
            default -> false;
        };
    }

    private List<Entry> quotas(String namespace) {
        var prefix = Resource.prefix("", "resourcequotas") + namespace + "/";
        var found = new ArrayList<Entry>();
        store.snapshot().range(prefix, prefix, found::add);
        return found;
    }

    private void charge(QuotaCharge charge, Entry quota, Admission admission) {
        var entry = quota;
        for (int turn = 0; turn < TURNS_MAX; turn++) {
            var tree = ObjectBytes.tree(entry);
            var used = charge.against(tree);
            if (used.isEmpty() || admission.dryRun()) return;
            try {
                put(entry, tree.withAt(tree.at("status", "used").object().withAll(used), "status", "used"));
                return;
            } catch (ConflictException raced) {
                if (raced.found().isEmpty()) return;
                entry = raced.found().get();
            }
        }
        throw new ApiException(Reason.TOO_MANY_REQUESTS, "too many writes are counted against quota %s at once", Resource.name(quota.key()));
    }

    /// Not synced to disk by itself: the object it counts is, right after it and in the same log.
    private void put(Entry entry, JsonObject quota) throws ConflictException {
        var resource = resources.find(GroupVersion.CORE, "resourcequotas").orElseThrow();
        try {
            store.put(new Put(entry.key(), resource.head(), ObjectBytes.tail(quota), entry.revision(), Durability.RELAXED,
                    Selectable.of(quota, resource)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
