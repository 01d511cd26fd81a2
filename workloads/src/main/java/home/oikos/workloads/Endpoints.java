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

    /// Whether slices should say the same: neither is it a lock of a leader election nor did its owner ask not to.
    boolean isMirrored() {
        return !metadata.annotations().containsKey("control-plane.alpha.kubernetes.io/leader")
                && !metadata.labels().getOrDefault("endpointslice.kubernetes.io/skip-mirror", "").equals("true");
    }
}
