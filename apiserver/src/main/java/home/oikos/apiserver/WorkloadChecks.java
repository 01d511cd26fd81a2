package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.Set;

/// Validation of kinds that keep a number of equal pods.
final class WorkloadChecks {
    private static final String MISMATCH = "`selector` does not match template `labels`";

    private WorkloadChecks() { }

    static void deployment(Json spec, FieldErrors errors) {
        errors.notNegative(spec.at("replicas"), "spec.replicas");
        selected(spec, "deployment", "ReplicaSet", "invalid label selector", errors);
        strategy(spec.at("strategy"), errors);
        errors.notNegative(spec.at("minReadySeconds"), "spec.minReadySeconds");
        errors.notNegative(spec.at("revisionHistoryLimit"), "spec.revisionHistoryLimit");
        var deadline = spec.at("progressDeadlineSeconds");
        if (deadline.isNull()) return;
        errors.notNegative(deadline, "spec.progressDeadlineSeconds");
        if (deadline.integer(0L) <= spec.at("minReadySeconds").integer(0L)) {
            errors.invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
        }
    }

    private static void strategy(Json strategy, FieldErrors errors) {
        var rolling = strategy.at("rollingUpdate");
        errors.tell("spec.strategy.type");
        switch (strategy.at("type").text("")) {
            case "Recreate" -> {
                if (rolling.isPresent()) errors.add(FieldError.forbidden("spec.strategy.rollingUpdate",
                        "may not be specified when strategy `type` is 'Recreate'"));
            }
            case "RollingUpdate" -> rollingUpdate(rolling, "spec.strategy.rollingUpdate", errors);
            default -> { }
        }
    }

    private static void rollingUpdate(Json rolling, String path, FieldErrors errors) {
        var unavailable = rolling.at("maxUnavailable");
        PercentChecks.notNegative(unavailable, path + ".maxUnavailable", errors);
        PercentChecks.notNegative(rolling.at("maxSurge"), path + ".maxSurge", errors);
        if (PercentChecks.number(unavailable) == 0 && PercentChecks.number(rolling.at("maxSurge")) == 0) {
            errors.invalid(path + ".maxUnavailable", unavailable, "may not be 0 when `maxSurge` is 0");
        }
        PercentChecks.atMostAll(unavailable, path + ".maxUnavailable", errors);
    }

    static void replicaSet(Json spec, FieldErrors errors) {
        errors.notNegative(spec.at("replicas"), "spec.replicas");
        errors.notNegative(spec.at("minReadySeconds"), "spec.minReadySeconds");
        selected(spec, "deployment", "ReplicaSet", "invalid label selector", errors);
    }

    static void replicationController(Json spec, FieldErrors errors) {
        errors.notNegative(spec.at("minReadySeconds"), "spec.minReadySeconds");
        var selector = spec.at("selector").object();
        if (selector.isEmpty()) errors.add(FieldError.required("spec.selector"));
        errors.notNegative(spec.at("replicas"), "spec.replicas");
        if (spec.at("template").isNull()) {
            errors.add(FieldError.required("spec.template"));
            return;
        }
        if (!selector.isEmpty()) matching(JsonObject.of("matchLabels", selector), spec.at("template"), errors);
        template(spec.at("template"), "ReplicationController", Set.of(), errors);
    }

    /// @param kind as upstream names it here, which is not always what it is
    private static void selected(Json spec, String kind, String owner, String unusable, FieldErrors errors) {
        if (selector(spec.at("selector"), kind, unusable, errors)) {
            if (!spec.at("selector").equals(JsonObject.EMPTY)) matching(spec.at("selector"), spec.at("template"), errors);
            template(spec.at("template"), owner, Set.of(), errors);
        }
        errors.forget("spec.template");
    }

    /// @return whether pods can be chosen by it
    static boolean selector(Json selector, String kind, String unusable, FieldErrors errors) {
        if (selector.isNull()) errors.tell("spec.selector");
        else {
            SelectorChecks.check(selector, "spec.selector", errors);
            if (SelectorChecks.isEmpty(selector)) errors.invalid("spec.selector", selector, "empty selector is invalid for " + kind);
        }
        if (SelectorChecks.isUsable(selector)) return true;
        errors.invalid("spec.selector", selector, unusable);
        return false;
    }

    static void matching(Json selector, Json template, FieldErrors errors) {
        var labels = template.at("metadata", "labels");
        if (!SelectorChecks.matches(selector, labels)) errors.invalid("spec.template.metadata.labels", labels, MISMATCH);
    }

    /// A pod that is replaced when it ends must be one that never means to end.
    static void template(Json template, String owner, Set<String> claims, FieldErrors errors) {
        PodSpecChecks.template(template, "spec.template", claims, errors);
        var policy = template.at("spec", "restartPolicy");
        if (!policy.text("Always").equals("Always")) {
            errors.add(FieldError.notSupported("spec.template.spec.restartPolicy", policy, List.of("Always")));
        }
        if (template.at("spec", "activeDeadlineSeconds").isPresent()) {
            errors.add(FieldError.forbidden("spec.template.spec.activeDeadlineSeconds",
                    "activeDeadlineSeconds in " + owner + " is not Supported"));
        }
    }
}
