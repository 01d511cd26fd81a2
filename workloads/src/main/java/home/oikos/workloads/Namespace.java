package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.List;

/// A namespace. Its own finalizers, in spec, are those that wait for its content.
record Namespace(Metadata metadata, List<String> specFinalizers, JsonObject status) {
    static final String FINALIZER = "kubernetes";

    Namespace {
        specFinalizers = List.copyOf(specFinalizers);
    }

    static Namespace of(Json object) {
        return new Namespace(Metadata.of(object), object.at("spec", "finalizers").array().stream().map(name -> name.text("")).toList(),
                object.at("status").object());
    }

    String name() {
        return metadata.name();
    }
}
