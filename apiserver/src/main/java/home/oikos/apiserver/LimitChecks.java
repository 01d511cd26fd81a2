package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Validation of LimitRanges and ResourceQuotas.
final class LimitChecks {
    private static final List<String> LISTS = List.of("min", "max", "default", "defaultRequest", "maxLimitRequestRatio");
    private static final Set<String> SCOPES = Set.of("Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass",
            "CrossNamespacePodAffinity", "VolumeAttributesClass");
    private static final Set<String> COMPUTE = Set.of("pods", "cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu",
            "limits.memory", "ephemeral-storage", "requests.ephemeral-storage", "limits.ephemeral-storage");
    private static final Set<String> COUNTED = Set.of("resourcequotas", "services", "replicationcontrollers", "secrets",
            "persistentvolumeclaims", "configmaps", "services.nodeports", "services.loadbalancers", "requests.storage");
    private static final Set<String> WHOLE = Set.of("pods", "resourcequotas", "services", "replicationcontrollers", "secrets",
            "configmaps", "persistentvolumeclaims", "services.nodeports", "services.loadbalancers");

    private LimitChecks() { }

    static void notNegative(Json amount, String path, FieldErrors errors) {
        Quantity.of(amount).filter(q -> q.compareTo(Quantity.ZERO) < 0)
                .ifPresent(q -> errors.invalid(path, q.toString(), "must be greater than or equal to 0"));
    }

    static void quota(Json spec, FieldErrors errors) {
        errors.forget("spec");
        amounts(spec.at("hard"), "spec.hard", errors);
        scopes(spec, errors);
        FieldErrors.each(spec.at("scopeSelector", "matchExpressions"), "spec.scopeSelector.matchExpressions",
                (each, at) -> selector(each, at, errors));
    }

    static void amounts(Json amounts, String path, FieldErrors errors) {
        amounts.object().members().forEach((name, amount) -> {
            var at = path + "[" + name + "]";
            errors.invalid(at, name, LabelSyntax.keyError(name));
            if (!isQuotaResource(name)) errors.invalid(at, name, "must be a standard resource for quota");
            notNegative(amount, at, errors);
            if (WHOLE.contains(name)) Quantity.of(amount).filter(q -> q.amount().stripTrailingZeros().scale() > 0)
                    .ifPresent(q -> errors.invalid(at, q.toString(), "must be an integer"));
        });
    }

    private static boolean isQuotaResource(String name) {
        return name.indexOf('/') >= 0 || COMPUTE.contains(name) || COUNTED.contains(name) || name.startsWith("hugepages-")
                || name.startsWith("requests.hugepages-") || name.startsWith("requests.") && name.indexOf('/') >= 0;
    }

    private static void scopes(Json spec, FieldErrors errors) {
        var scopes = spec.at("scopes");
        var seen = new HashSet<String>();
        for (var each : scopes.array()) {
            var scope = each.text("");
            seen.add(scope);
            if (!SCOPES.contains(scope)) errors.invalid("spec.scopes", scopes, "unsupported scope");
            var fits = spec.at("hard").object().names().stream().allMatch(name -> fits(scope, name));
            if (SCOPES.contains(scope) && !fits) errors.invalid("spec.scopes", scopes, "unsupported scope applied to resource");
        }
        if (seen.containsAll(List.of("BestEffort", "NotBestEffort")) || seen.containsAll(List.of("Terminating", "NotTerminating"))) {
            errors.invalid("spec.scopes", scopes, "conflicting scopes");
        }
    }

    private static boolean fits(String scope, String resource) {
        return switch (scope) {
            case "BestEffort" -> resource.equals("pods");
            case "VolumeAttributesClass" -> true;
            default -> COMPUTE.contains(resource) || resource.startsWith("requests.") || resource.startsWith("limits.");
        };
    }

    private static void selector(Json each, String path, FieldErrors errors) {
        var scope = each.at("scopeName");
        if (!SCOPES.contains(scope.text(""))) errors.invalid(path + ".scopeName", scope, "unsupported scope");
        var values = each.at("values");
        switch (each.at("operator").text("")) {
            case "In", "NotIn" -> {
                if (values.array().isEmpty()) errors.add(FieldError.required(path + ".values",
                        "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"));
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.array().isEmpty()) errors.invalid(path + ".values", values,
                        "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
            }
            default -> errors.invalid(path + ".operator", each.at("operator"), "not a valid selector operator");
        }
    }

    static void range(Json spec, FieldErrors errors) {
        errors.forget("spec");
        var types = new HashSet<String>();
        FieldErrors.each(spec.at("limits"), "spec.limits", (limit, at) -> limit(limit, at, types, errors));
    }

    private static void limit(Json limit, String path, Set<String> types, FieldErrors errors) {
        var type = limit.at("type").text("");
        if (type.isEmpty()) errors.add(FieldError.required(path + ".type"));
        if (!types.add(type)) errors.add(FieldError.duplicate(path + ".type", type));
        if (type.equals("Pod")) for (var field : List.of("default", "defaultRequest")) {
            if (!limit.at(field).object().isEmpty()) errors.add(FieldError.forbidden(path + "." + field,
                    "may not be specified when `type` is 'Pod'"));
        }
        var storage = limit.at("min", "storage").isNull() && limit.at("max", "storage").isNull();
        if (type.equals("PersistentVolumeClaim") && storage) {
            errors.add(FieldError.required(path, "either minimum or maximum storage value is required, but neither was provided"));
        }
        var names = new TreeSet<String>();
        for (var list : LISTS) names.addAll(limit.at(list).object().names());
        for (var name : names) amounts(limit, name, path, errors);
    }

    private static void amounts(Json limit, String name, String path, FieldErrors errors) {
        var order = new Order(limit, name, path, errors);
        order.above("min", "max", "min value %s is greater than max value %s");
        order.above("min", "defaultRequest", "min value %s is greater than default request value %s");
        order.above("defaultRequest", "max", "default request value %s is greater than max value %s");
        order.above("defaultRequest", "default", "default request value %s is greater than default limit value %s");
        order.above("min", "default", "min value %s is greater than default value %s");
        order.above("default", "max", "default value %s is greater than max value %s");
        Quantity.of(limit.at("maxLimitRequestRatio", name)).filter(q -> q.compareTo(Quantity.of(1)) < 0).ifPresent(ratio ->
                errors.invalid(path + ".maxLimitRequestRatio[" + name + "]", ratio.toString(), "ratio " + ratio + " is less than 1"));
    }

    /// Compares the amounts that one item of a range names for one resource.
    private record Order(Json limit, String name, String path, FieldErrors errors) {
        void above(String low, String high, String words) {
            var less = Quantity.of(limit.at(low, name));
            var more = Quantity.of(limit.at(high, name));
            if (less.isEmpty() || more.isEmpty() || less.get().compareTo(more.get()) <= 0) return;
            var told = low.equals("min") && high.startsWith("default") ? high : low;
            errors.invalid(path + "." + told + "[" + name + "]", Quantity.of(limit.at(told, name)).get().toString(),
                    words.formatted(less.get(), more.get()));
        }
    }

    /// What an item says of containers implies more: a limit where there is a maximum, a request where there is a limit or a minimum.
    static JsonObject withDefaults(JsonObject limit) {
        if (!limit.at("type").text("").equals("Container")) return limit;
        var limits = filled(limit.at("default").object(), limit.at("max"));
        var requests = filled(filled(limit.at("defaultRequest").object(), limits), limit.at("min"));
        var set = limits.isEmpty() ? limit : limit.with("default", limits);
        return requests.isEmpty() ? set : set.with("defaultRequest", requests);
    }

    private static JsonObject filled(JsonObject amounts, Json others) {
        var set = amounts;
        for (var other : others.object().members().entrySet()) set = Absent.set(set, other.getKey(), other.getValue());
        return set;
    }
}
