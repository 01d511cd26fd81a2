package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.client.Resources;
import home.oikos.controller.LabelSelector;
import home.oikos.controller.Reference;
import java.time.Duration;

/// A StatefulSet.
/// @param parallel whether pods come and go without waiting for one another
/// @param onDelete whether pods take a new template only when somebody deletes them
/// @param partition pods of a lower ordinal keep the template they have
record StatefulSet(Metadata metadata, int replicas, int start, boolean parallel, boolean onDelete, int partition, Duration minReady,
        int revisionHistoryLimit, String serviceName, LabelSelector selector, Json template, Json claimTemplates, JsonObject status) {
    static StatefulSet of(Json object) {
        var spec = object.at("spec");
        return new StatefulSet(Metadata.of(object), spec.at("replicas").integer(1), spec.at("ordinals", "start").integer(0),
                spec.at("podManagementPolicy").text("").equals("Parallel"), spec.at("updateStrategy", "type").text("").equals("OnDelete"),
                spec.at("updateStrategy", "rollingUpdate", "partition").integer(0),
                Duration.ofSeconds(spec.at("minReadySeconds").integer(0)), spec.at("revisionHistoryLimit").integer(10),
                spec.at("serviceName").text(""), LabelSelector.of(spec.at("selector")), spec.at("template"),
                        spec.at("volumeClaimTemplates"),
                object.at("status").object());
    }

    Reference reference() {
        return new Reference(Resources.STATEFUL_SETS, metadata.key(), metadata.uid());
    }

    /// The ordinal of a pod by its name, or -1 when it is none of this set's names.
    int ordinal(Pod pod) {
        var prefix = metadata.name() + "-";
        var rest = pod.name().startsWith(prefix) ? pod.name().substring(prefix.length()) : "";
        return !rest.isEmpty() && rest.length() < 9 && rest.chars().allMatch(Character::isDigit) ? Integer.parseInt(rest) : -1;
    }
}
