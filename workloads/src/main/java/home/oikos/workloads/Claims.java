package home.oikos.workloads;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.client.ApiClient;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.controller.LabelSelector;
import home.oikos.controller.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Decides which objects belong to a controller by its selector and their owner references: an orphan that matches is adopted, one of ours
/// that matches no more is released.
final class Claims {
    private final ApiClient client;
    private final Resource resource;

    Claims(ApiClient client, Resource resource) {
        this.client = client;
        this.resource = resource;
    }

    /// The candidates that belong to the owner, after adopting and releasing. A deleting owner adopts nothing.
    <T> List<T> claim(Reference owner, boolean ownerDeleting, LabelSelector selector, List<T> candidates, Function<T, Metadata> metadata) {
        var claimed = new ArrayList<T>();
        for (var candidate : candidates) {
            if (claim(owner, ownerDeleting, selector, metadata.apply(candidate))) claimed.add(candidate);
        }
        return claimed;
    }

    private boolean claim(Reference owner, boolean ownerDeleting, LabelSelector selector, Metadata candidate) {
        boolean matches = selector.matches(candidate.labels());
        if (candidate.isControlledBy(owner.uid())) {
            if (!matches && !ownerDeleting) release(owner, candidate);
            return matches;
        }
        if (!matches || ownerDeleting || candidate.deleting() || candidate.controller().isPresent()) return false;
        adopt(owner, candidate);
        return true;
    }

    private void adopt(Reference owner, Metadata orphan) {
        patchOwners(orphan, owners(orphan, "").with(owner.controllerReference()));
    }

    private void release(Reference owner, Metadata stranger) {
        patchOwners(stranger, owners(stranger, owner.uid()));
    }

    /// The owner references without that owner; a list is replaced as a whole by a merge patch.
    private static JsonArray owners(Metadata object, String without) {
        var kept = new ArrayList<Object>();
        for (var owner : object.owners()) {
            if (!owner.uid().equals(without)) kept.add(json(owner));
        }
        return JsonArray.of(kept.toArray());
    }

    private static JsonObject json(Owner owner) {
        return JsonObject.of("apiVersion", owner.apiVersion(), "kind", owner.kind(), "name", owner.name(), "uid", owner.uid(),
                "controller", owner.controller() ? true : null, "blockOwnerDeletion", owner.blocking() ? true : null);
    }

    private void patchOwners(Metadata object, JsonArray owners) {
        client.patch(resource, object.key(), Patch.merge("metadata", JsonObject.of("uid", object.uid(), "ownerReferences", owners)));
    }
}
