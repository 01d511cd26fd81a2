package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import java.util.List;

/// An EndpointSlice that exists.
record EndpointSlice(Metadata metadata, EndpointSlicePlan.Content content) {
    static EndpointSlice of(Json object) {
        return new EndpointSlice(Metadata.of(object), new EndpointSlicePlan.Content(object.at("addressType").text(""),
                emptyAsNull(object.at("endpoints")), object.at("endpoints").array().isEmpty() ? Json.NULL : object.at("ports")));
    }

    private static Json emptyAsNull(Json list) {
        return list.array().isEmpty() ? Json.NULL : list;
    }

    String serviceName() {
        return metadata.labels().getOrDefault(EndpointSlicePlan.SERVICE_NAME, "");
    }

    /// The key of the Service it is of; none where it names none.
    List<ObjectKey> service() {
        return serviceName().isEmpty() ? List.of() : List.of(new ObjectKey(metadata.key().namespace(), serviceName()));
    }
}
