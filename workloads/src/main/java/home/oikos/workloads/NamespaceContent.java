package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.client.Discovery;
import home.oikos.controller.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a terminating namespace still holds, and the conditions that say so in Kubernetes' words. Filled by one thread.
final class NamespaceContent {
    private final Map<String, Integer> objects = new TreeMap<>();
    private final Map<String, Integer> finalizers = new TreeMap<>();
    private final Map<String, String> failures = new TreeMap<>();

    void remains(Discovery.Served served, Json object) {
        var resource = served.resource();
        objects.merge(resource.plural() + "." + resource.group(), 1, Integer::sum);
        for (var finalizer : object.at("metadata", "finalizers").array()) finalizers.merge(finalizer.text(""), 1, Integer::sum);
    }

    void failed(Discovery.Served served, String why) {
        failures.put(served.resource().plural(), why);
    }

    boolean isEmpty() {
        return objects.isEmpty() && failures.isEmpty();
    }

    JsonArray conditions(Json before, Instant now) {
        var conditions = before.array();
        for (var condition : conditions()) conditions = condition.in(conditions, now);
        return conditions;
    }

    private List<Condition> conditions() {
        return List.of(
                Condition.of("NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered"),
                Condition.of("NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions",
                        "All legacy kube types successfully parsed"),
                deletion(), content(), holders());
    }

    private Condition deletion() {
        return failures.isEmpty()
                ? Condition.of("NamespaceDeletionContentFailure", false, "ContentDeleted",
                        "All content successfully deleted, may be waiting on finalization")
                : Condition.of("NamespaceDeletionContentFailure", true, "ContentDeletionFailed",
                        "Failed to delete all resource types, " + failures.size() + " remaining: " + String.join(", ", failures.values()));
    }

    private Condition content() {
        return objects.isEmpty()
                ? Condition.of("NamespaceContentRemaining", false, "ContentRemoved", "All content successfully removed")
                : Condition.of("NamespaceContentRemaining", true, "SomeResourcesRemain",
                        "Some resources are remaining: " + joined(objects, " has "));
    }

    private Condition holders() {
        return finalizers.isEmpty()
                ? Condition.of("NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers",
                        "All content-preserving finalizers finished")
                : Condition.of("NamespaceFinalizersRemaining", true, "SomeFinalizersRemain",
                        "Some content in the namespace has finalizers remaining: " + joined(finalizers, " in "));
    }

    private static String joined(Map<String, Integer> counts, String between) {
        return counts.entrySet().stream().map(count -> count.getKey() + between + count.getValue() + " resource instances")
                .collect(Collectors.joining(", "));
    }
}
