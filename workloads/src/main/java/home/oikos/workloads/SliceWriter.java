package home.oikos.workloads;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Brings the EndpointSlices of one Service that one controller keeps to what they should hold, with few writes.
final class SliceWriter {
    private final ApiClient client;
    private final RandomGenerator random;
    private final String manager;
    private final Cache.Index<EndpointSlice> byService;

    /// @param manager the label value by which a controller knows its own slices
    SliceWriter(Workshop workshop, String fieldManager, String manager, Cache.Index<EndpointSlice> byService) {
        this.client = workshop.client().fieldManager(fieldManager);
        this.random = workshop.random();
        this.manager = manager;
        this.byService = byService;
    }

    static Cache.Index<EndpointSlice> byService(Cache<EndpointSlice> slices) {
        return slices.index(slice -> slice.service().stream().map(ObjectKey::toString).toList());
    }

    private List<EndpointSlice> existing(ObjectKey service) {
        var existing = new ArrayList<>(byService.get(service.toString()));
        existing.removeIf(slice -> !slice.metadata().labels().getOrDefault(EndpointSlicePlan.MANAGED_BY, "").equals(manager));
        return existing;
    }

    /// Gives each wanted content to a slice of its address type; slices that are left are not needed any more.
    /// @param owner has the name of the Service
    void write(Reference owner, List<EndpointSlicePlan.Content> contents, Map<String, String> labels) {
        var existing = existing(owner.key());
        var wanted = new ArrayList<>(contents);
        // First those that are right as they are, so that a change rewrites few slices.
        wanted.removeIf(content -> existing.removeIf(firstMatch(slice -> slice.content().equals(content)
                && slice.metadata().labels().equals(labels))));
        for (var content : wanted) {
            var reused = existing.stream().filter(slice -> slice.content().addressType().equals(content.addressType())).findFirst();
            if (reused.isPresent()) update(reused.get(), content, labels);
            else create(owner, content, labels);
            reused.ifPresent(existing::remove);
        }
        existing.forEach(this::delete);
    }

    void remove(ObjectKey service) {
        existing(service).forEach(this::delete);
    }

    /// Lets through the first match only, so that one content takes one slice.
    private static <T> Predicate<T> firstMatch(Predicate<T> matches) {
        var taken = new boolean[1];
        return item -> !taken[0] && (taken[0] = matches.test(item));
    }

    private void create(Reference owner, EndpointSlicePlan.Content content, Map<String, String> labels) {
        var prefix = owner.key().name() + "-";
        var metadata = JsonObject.of("name", Names.generated(prefix, random), "generateName", prefix,
                "namespace", owner.key().namespace(), "labels", labels, "ownerReferences", List.of(owner.controllerReference()));
        client.create(Resources.ENDPOINT_SLICES, JsonObject.of("apiVersion", "discovery.k8s.io/v1", "kind", "EndpointSlice",
                "metadata", metadata, "addressType", content.addressType(), "endpoints", content.endpoints().array(),
                "ports", content.ports().isNull() ? null : content.ports()));
    }

    private void update(EndpointSlice slice, EndpointSlicePlan.Content content, Map<String, String> labels) {
        var changed = JsonObject.EMPTY.withAll(Metadata.json(labels));
        for (var name : slice.metadata().labels().keySet()) {
            if (!labels.containsKey(name)) changed = changed.with(name, null);
        }
        var metadata = JsonObject.of("uid", slice.metadata().uid(), "labels", changed);
        client.patch(Resources.ENDPOINT_SLICES, slice.metadata().key(), new Patch.Merge(JsonObject.of("metadata", metadata)
                .with("endpoints", content.endpoints().isNull() ? JsonArray.EMPTY : content.endpoints()).with("ports", content.ports())));
    }

    private void delete(EndpointSlice slice) {
        client.deleteIfPresent(Resources.ENDPOINT_SLICES, slice.metadata().key(), DeleteOptions.ofUid(slice.metadata().uid()));
    }
}
