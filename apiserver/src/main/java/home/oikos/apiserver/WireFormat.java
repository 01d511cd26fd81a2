package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.Catalog;
import home.oikos.api.GroupVersionKind;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectSchema;
import home.oikos.api.ProtobufEnvelope;
import home.oikos.api.Reason;
import home.oikos.api.Yaml;
import java.util.Optional;
import java.util.Set;

/// Trees to bytes, by media type.
final class WireFormat {
    private static final Set<String> META_KINDS = Set.of("Status", "PartialObjectMetadata", "PartialObjectMetadataList", "APIResourceList",
            "APIGroupList",
            "APIGroup", "APIVersions");

    private WireFormat() { }

    static byte[] encode(MediaType type, JsonObject object) {
        return switch (type) {
            case JSON -> object.bytes();
            case YAML -> ObjectBytes.utf8(Yaml.write(object));
            case PROTOBUF -> ProtobufEnvelope.encode(object, schema(object).orElseThrow(WireFormat::notAcceptable));
        };
    }

    static byte[] event(MediaType type, String eventType, JsonObject object) {
        return switch (type) {
            case JSON, YAML -> ObjectBytes.utf8(JsonObject.of("type", eventType, "object", object) + "\n");
            case PROTOBUF -> ProtobufEnvelope.watchFrame(eventType, encode(type, object));
        };
    }

    private static Optional<ObjectSchema> schema(JsonObject object) {
        var kind = GroupVersionKind.of(object);
        if (META_KINDS.contains(kind.kind())) return Optional.of(Catalog.builtIn().library().type("meta-v1/" + kind.kind()));
        return Catalog.builtIn().type(kind);
    }

    private static ApiException notAcceptable() {
        return new ApiException(Reason.NOT_ACCEPTABLE, "only the following media types are accepted: %s", Accepted.all());
    }
}
