package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Quantity;
import home.oikos.api.QuotaScope;
import home.oikos.api.QuotaUsage;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What one write uses more than before.
final class QuotaCharge {
    private final Admission admission;
    private final JsonObject object;
    private final String resource;
    private final Map<String, Quantity> more;

    QuotaCharge(Admission admission, JsonObject object) {
        this.admission = admission;
        this.object = object;
        this.resource = admission.resource().definition().groupVersionResource().qualified();
        this.more = new TreeMap<>(QuotaUsage.of(resource, object));
        if (admission.old() != null) {
            QuotaUsage.of(resource, admission.old()).forEach((name, was) -> more.merge(name, was, Quantity::minus));
        }
        more.values().removeIf(amount -> amount.amount().signum() == 0);
    }

    boolean isCoveredBy(Json quota) {
        return QuotaScope.covers(quota, resource, object);
    }

    /// A container that does not say what it needs cannot be counted.
    void checkNamed(Json quota) {
        if (!resource.equals("pods")) return;
        var hard = quota.at("status", "hard").object().names();
        var missing = new TreeMap<String, TreeSet<String>>();
        for (var list : java.util.List.of("initContainers", "containers")) {
            for (var container : object.at("spec", list).array()) {
                for (var name : QuotaUsage.missing(container, hard)) {
                    if (!object.at("spec", "resources", name.startsWith("limits.") ? "limits" : "requests").object()
                            .has(name.substring(name.indexOf('.') + 1))) missing.computeIfAbsent(name, _ -> new TreeSet<>())
                                    .add(container.at("name").text(""));
                }
            }
        }
        if (missing.isEmpty()) return;
        throw refused("failed quota: %s: must specify %s".formatted(name(quota), missing.entrySet().stream()
                .map(e -> e.getKey() + " for: " + String.join(",", e.getValue())).collect(Collectors.joining("; "))));
    }

    /// @return the quota's new `status.used` for what this write uses; empty when it uses nothing that is limited
    JsonObject against(Json quota) {
        var hard = quota.at("status", "hard").object();
        var limited = new TreeMap<>(more);
        limited.keySet().retainAll(quota.at("spec", "hard").object().names());
        var unknown = limited.keySet().stream().filter(n -> !hard.has(n) || !quota.at("status", "used").object().has(n)).toList();
        if (!unknown.isEmpty()) throw refused("status unknown for quota: %s, resources: %s".formatted(name(quota), String.join(",", unknown)));
        var used = new TreeMap<String, Quantity>();
        limited.forEach((name, amount) -> used.put(name, amount(quota.at("status", "used", name)).plus(amount)));
        var over = limited.keySet().stream().filter(n -> limited.get(n).amount().signum() > 0)
                .filter(n -> used.get(n).compareTo(amount(hard.at(n))) > 0).collect(Collectors.toCollection(TreeSet::new));
        if (!over.isEmpty()) throw exceeded(quota, over, limited);
        var changed = JsonObject.EMPTY;
        for (var each : used.entrySet()) changed = changed.with(each.getKey(), each.getValue().toString());
        return changed;
    }

    private ApiException exceeded(Json quota, TreeSet<String> names, Map<String, Quantity> asked) {
        return refused("exceeded quota: %s, requested: %s, used: %s, limited: %s".formatted(name(quota),
                listed(names, n -> asked.get(n)), listed(names, n -> amount(quota.at("status", "used", n))),
                listed(names, n -> amount(quota.at("status", "hard", n)))));
    }

    private static String listed(TreeSet<String> names, java.util.function.Function<String, Quantity> amount) {
        return names.stream().map(n -> n + "=" + amount.apply(n)).collect(Collectors.joining(","));
    }

    private static Quantity amount(Json json) {
        return Quantity.of(json).orElse(Quantity.ZERO);
    }

    private static String name(Json quota) {
        return quota.at("metadata", "name").text("");
    }

    private ApiException refused(String why) {
        return new ApiException(ApiStatus.forbidden(admission.resource().definition().groupVersionResource(), admission.name(), why));
    }
}
