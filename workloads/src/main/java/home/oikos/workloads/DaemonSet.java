package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.client.Resources;
import home.oikos.controller.LabelSelector;
import home.oikos.controller.Reference;
import java.time.Duration;

/// A DaemonSet.
/// @param onDelete whether pods take a new template only when somebody deletes them
record DaemonSet(Metadata metadata, boolean onDelete, Json maxUnavailable, Duration minReady, int revisionHistoryLimit,
        LabelSelector selector, Json template, PodNeeds needs, JsonObject status) {
    static DaemonSet of(Json object) {
        var spec = object.at("spec");
        return new DaemonSet(Metadata.of(object), spec.at("updateStrategy", "type").text("").equals("OnDelete"),
                spec.at("updateStrategy", "rollingUpdate", "maxUnavailable"), Duration.ofSeconds(spec.at("minReadySeconds").integer(0)),
                spec.at("revisionHistoryLimit").integer(10), LabelSelector.of(spec.at("selector")), spec.at("template"),
                PodNeeds.of(spec.at("template", "spec")), object.at("status").object());
    }

    Reference reference() {
        return new Reference(Resources.DAEMON_SETS, metadata.key(), metadata.uid());
    }
}
