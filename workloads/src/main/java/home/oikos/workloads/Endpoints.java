package home.oikos.workloads;

import home.oikos.api.Json;

/// An Endpoints object that exists.
record Endpoints(Metadata metadata, Json subsets) {
    static Endpoints of(Json object) {
        return new Endpoints(Metadata.of(object), object.at("subsets").array().isEmpty() ? Json.NULL : object.at("subsets"));
    }

    /// Whether this room made it; others write Endpoints of Services without a selector.
    boolean isOurs() {
        return metadata.labels().getOrDefault("endpoints.kubernetes.io/managed-by", "").equals("endpoint-controller");
    }
}
