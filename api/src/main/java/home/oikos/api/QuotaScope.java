package home.oikos.api;

import java.util.List;
import java.util.stream.Stream;

/// Whether a ResourceQuota with scopes is about an object. Scopes speak of pods alone (and VolumeAttributesClass of claims).
public final class QuotaScope {
    private QuotaScope() { }

    /// @param quota the ResourceQuota
    /// @param resource qualified by its group
    public static boolean covers(Json quota, String resource, Json object) {
        var scopes = quota.at("spec", "scopes").array();
        var selected = quota.at("spec", "scopeSelector", "matchExpressions").array();
        if (scopes.isEmpty() && selected.isEmpty()) return true;
        if (!resource.equals("pods")) return false;
        return scopes.stream().allMatch(scope -> matches(scope.text(""), "Exists", List.of(), object))
                && selected.stream().allMatch(e -> matches(e.at("scopeName").text(""), e.at("operator").text(""),
                        e.at("values").array().stream().map(v -> v.text("")).toList(), object));
    }

    private static boolean matches(String scope, String operator, List<String> values, Json pod) {
        var deadline = pod.at("spec", "activeDeadlineSeconds").isPresent();
        return switch (scope) {
            case "Terminating" -> deadline;
            case "NotTerminating" -> !deadline;
            case "BestEffort" -> isBestEffort(pod.at("spec"));
            case "NotBestEffort" -> !isBestEffort(pod.at("spec"));
            case "PriorityClass" -> priority(pod.at("spec", "priorityClassName").text(""), operator, values);
            case "CrossNamespacePodAffinity" -> crossesNamespaces(pod.at("spec", "affinity"));
            default -> false;
        };
    }

    private static boolean isBestEffort(Json spec) {
        return Stream.of("requests", "limits").allMatch(member -> {
            var total = PodResources.total(spec, member);
            return !total.containsKey("cpu") && !total.containsKey("memory");
        });
    }

    private static boolean priority(String name, String operator, List<String> values) {
        return switch (operator) {
            case "In" -> values.contains(name);
            case "NotIn" -> !values.contains(name);
            case "DoesNotExist" -> name.isEmpty();
            default -> !name.isEmpty();
        };
    }

    private static boolean crossesNamespaces(Json affinity) {
        return Stream.of("podAffinity", "podAntiAffinity").map(affinity::at).anyMatch(kind -> Stream.concat(
                kind.at("requiredDuringSchedulingIgnoredDuringExecution").array().stream(),
                kind.at("preferredDuringSchedulingIgnoredDuringExecution").array().stream().map(p -> p.at("podAffinityTerm")))
                .anyMatch(term -> !term.at("namespaces").array().isEmpty() || term.at("namespaceSelector").isPresent()));
    }
}
