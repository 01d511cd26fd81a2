package home.oikos.workloads;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.Reference;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// The templates a StatefulSet or DaemonSet has had, kept as ControllerRevisions so that kubectl can undo a rollout.
final class TemplateHistory {
    private final ApiClient client;
    private final Cache.Index<TemplateRevision> byOwner;

    TemplateHistory(ApiClient client, Cache<TemplateRevision> revisions) {
        this.client = client;
        this.byOwner = revisions.index(revision -> revision.metadata().controller().map(owner -> List.of(owner.uid())).orElse(List.of()));
    }

    /// The revisions of an owner, oldest first.
    List<TemplateRevision> of(Reference owner) {
        return byOwner.get(owner.uid()).stream().sorted(Comparator.comparingLong(TemplateRevision::revision)).toList();
    }

    /// The revision of that template: the one that is there, given the next number if it came back, or a new one.
    TemplateRevision current(Reference owner, Json template, Json labels) {
        var known = of(owner);
        long next = known.isEmpty() ? 1 : known.getLast().revision() + 1;
        var same = known.stream().filter(revision -> revision.template().equals(marked(template))).findFirst();
        if (same.isEmpty()) return create(owner, template, labels, next);
        if (same.get().revision() == next - 1) return same.get();
        return TemplateRevision.of(client.patch(Resources.CONTROLLER_REVISIONS, same.get().metadata().key(), Patch.merge("revision",
                next)));
    }

    /// kubectl applies `data` as a strategic merge patch when it undoes a rollout; this makes it replace the template as a whole.
    private static JsonObject marked(Json template) {
        return template.object().with("$patch", "replace");
    }

    private TemplateRevision create(Reference owner, Json template, Json labels, long number) {
        var hash = RolloutHash.of(template, 0);
        var key = new ObjectKey(owner.key().namespace(), owner.key().name() + "-" + hash);
        var metadata = JsonObject.of("name", key.name(), "namespace", key.namespace(),
                "labels", labels.object().with(TemplateRevision.HASH_LABEL, hash), "ownerReferences", List.of(owner.controllerReference()));
        try {
            return TemplateRevision.of(client.create(Resources.CONTROLLER_REVISIONS, JsonObject.of("apiVersion", "apps/v1",
                    "kind", "ControllerRevision", "metadata", metadata, "revision", number,
                    "data", JsonObject.of("spec", JsonObject.of("template", marked(template))))));
        } catch (ApiException taken) {
            if (taken.reason() != Reason.ALREADY_EXISTS) throw taken;
            return TemplateRevision.of(client.get(Resources.CONTROLLER_REVISIONS, key));
        }
    }

    /// Forgets the oldest revisions beyond the limit that nothing uses.
    void trim(Reference owner, int limit, Set<String> usedHashes) {
        var unused = of(owner).stream().filter(revision -> !usedHashes.contains(revision.hash())).toList();
        for (var revision : unused.subList(0, Math.max(0, unused.size() - limit))) {
            client.deleteIfPresent(Resources.CONTROLLER_REVISIONS, revision.metadata().key(), DeleteOptions.ofUid(revision.metadata()
                    .uid()));
        }
    }
}
