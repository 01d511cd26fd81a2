package home.oikos.workloads;

import home.oikos.api.Json;

/// A ControllerRevision: one template that a StatefulSet or DaemonSet has had.
record TemplateRevision(Metadata metadata, long revision, Json template) {
    static final String HASH_LABEL = "controller-revision-hash";

    static TemplateRevision of(Json object) {
        return new TemplateRevision(Metadata.of(object), object.at("revision").integer(0L), object.at("data", "spec", "template"));
    }

    /// What its pods carry.
    String hash() {
        return metadata.labels().getOrDefault(HASH_LABEL, metadata.name());
    }
}
