package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Validation of StatefulSets.
final class StatefulSetChecks {
    private static final String ROLLING = "spec.updateStrategy.rollingUpdate";
    private static final List<String> CHANGEABLE = List.of("replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy", "minReadySeconds");

    private StatefulSetChecks() { }

    static void check(Json spec, FieldErrors errors) {
        var management = spec.at("podManagementPolicy").text("");
        errors.forget("spec.podManagementPolicy");
        if (!List.of("OrderedReady", "Parallel").contains(management)) {
            errors.invalid("spec.podManagementPolicy", management, "must be 'OrderedReady' or 'Parallel'");
        }
        strategy(spec.at("updateStrategy"), errors);
        errors.tell("spec.persistentVolumeClaimRetentionPolicy");
        errors.notNegative(spec.at("ordinals", "start"), "spec.ordinals.start");
        errors.notNegative(spec.at("replicas"), "spec.replicas");
        errors.notNegative(spec.at("minReadySeconds"), "spec.minReadySeconds");
        if (WorkloadChecks.selector(spec.at("selector"), "statefulset", "", errors)) {
            WorkloadChecks.matching(spec.at("selector"), spec.at("template"), errors);
        }
        WorkloadChecks.template(spec.at("template"), "StatefulSet", claims(spec), errors);
        errors.forget("spec.volumeClaimTemplates");
    }

    /// Containers mount what is claimed for their pod beside the volumes that the pod itself names.
    private static Set<String> claims(Json spec) {
        return spec.at("volumeClaimTemplates").array().stream().map(c -> c.at("metadata", "name").text("")).collect(Collectors.toSet());
    }

    private static void strategy(Json strategy, FieldErrors errors) {
        var rolling = strategy.at("rollingUpdate");
        errors.forget("spec.updateStrategy");
        switch (strategy.at("type").text("")) {
            case "RollingUpdate" -> {
                if (rolling.isPresent()) rollingUpdate(rolling, errors);
            }
            case "OnDelete" -> {
                if (rolling.isPresent()) errors.invalid(ROLLING, shown(rolling), "only allowed for updateStrategy 'RollingUpdate'");
            }
            default -> errors.invalid("spec.updateStrategy", JsonObject.of("Type", strategy.at("type"), "RollingUpdate", shown(rolling)),
                    "must be 'RollingUpdate' or 'OnDelete'");
        }
    }

    /// As Go prints its own struct.
    private static Json shown(Json rolling) {
        return rolling.isNull() ? rolling : JsonObject.of("Partition", rolling.at("partition"), "MaxUnavailable",
                rolling.at("maxUnavailable"));
    }

    private static void rollingUpdate(Json rolling, FieldErrors errors) {
        errors.notNegative(rolling.at("partition"), ROLLING + ".partition");
        var unavailable = rolling.at("maxUnavailable");
        if (unavailable.isNull()) return;
        PercentChecks.notNegative(unavailable, ROLLING + ".maxUnavailable", errors);
        if (PercentChecks.number(unavailable) == 0) errors.invalid(ROLLING + ".maxUnavailable", unavailable, "cannot be 0");
        PercentChecks.atMostAll(unavailable, ROLLING + ".maxUnavailable", errors);
    }

    static void change(Json spec, Json old, FieldErrors errors) {
        check(spec, errors);
        if (!fixed(spec).equals(fixed(old))) errors.add(FieldError.forbidden("spec", "updates to statefulset spec for fields other than "
                + "'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' "
                + "and 'minReadySeconds' are forbidden"));
    }

    private static JsonObject fixed(Json spec) {
        var fixed = spec.object();
        for (var field : CHANGEABLE) fixed = fixed.without(field);
        return fixed;
    }
}
