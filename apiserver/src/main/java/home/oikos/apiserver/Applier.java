package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.DecodeException;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectSchema;
import home.oikos.api.Reason;
import home.oikos.api.Yaml;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Server-side apply: a configuration is merged into the object, which it creates where there is none.
final class Applier {
    static final String MEDIA_TYPE = "application/apply-patch+yaml";

    private final Registry registry;
    private final FieldOwners owners;

    Applier(Registry registry, FieldOwners owners) {
        this.registry = registry;
        this.owners = owners;
    }

    Written apply(WriteCall write, byte[] body) throws IOException {
        var configuration = configuration(body, write);
        checkKind(configuration, write);
        WriteHandlers.checkName(configuration, write);
        WriteHandlers.checkNamespace(configuration, write);
        if (write.subresource().isEmpty() && registry.find(write.resource(), write.namespace(), write.name()).isEmpty()) {
            try {
                return create(write, configuration);
            } catch (ApiException raced) {
                // Somebody else created it in the meantime: then this is a change of theirs. The one who applies never asked which.
                if (raced.reason() != Reason.ALREADY_EXISTS) throw raced;
            }
        }
        return registry.update(write, old -> typed(owners.applied(write, configuration, withoutVersion(old)), write), Registry.AS_IT_IS);
    }

    private Written create(WriteCall write, JsonObject configuration) throws IOException {
        var uid = configuration.at("metadata", "uid").text("");
        if (!uid.isEmpty()) {
            throw new ApiException(ApiStatus.conflict(write.resource().definition().groupVersionResource(), write.name(),
                    "uid mismatch: the provided object specified uid " + uid + ", and no existing object was found"));
        }
        return registry.create(write, typed(owners.applied(write, configuration, null), write), o -> o);
    }

    /// An apply depends on a version only when its configuration names one.
    private static JsonObject withoutVersion(JsonObject old) {
        return old.with("metadata", Metadata.of(old).without("resourceVersion"));
    }

    private static JsonObject typed(JsonObject object, WriteCall write) {
        var resource = write.resource();
        try {
            return Decoder.typed(object, BodyKind.of(resource), List.of(), _ -> { });
        } catch (DecodeException e) {
            throw new ApiException(Reason.UNKNOWN, "%s", e.getMessage());
        }
    }

    private static JsonObject configuration(byte[] body, WriteCall write) {
        var duplicates = new ArrayList<String>();
        JsonObject configuration;
        try {
            configuration = Yaml.parse(body, duplicates::add).object();
        } catch (JsonException e) {
            throw new ApiException(Reason.BAD_REQUEST, "error decoding YAML: error converting YAML to JSON: %s", e.getMessage());
        }
        if (!duplicates.isEmpty()) report(write, "error converting YAML to JSON: yaml: unmarshal errors:\n  "
                + String.join("\n  ", duplicates));
        return configuration;
    }

    private static void report(WriteCall write, String problem) {
        switch (write.options().fieldValidation()) {
            case "Strict" -> throw new ApiException(Reason.BAD_REQUEST, "error strict decoding YAML: %s", problem);
            case "Warn" -> write.warnings().add(problem);
            default -> { }
        }
    }

    private static void checkKind(JsonObject configuration, WriteCall write) {
        var kind = configuration.at("kind").text("");
        var apiVersion = configuration.at("apiVersion").text("");
        var wanted = write.resource().kind();
        if (kind.equals(wanted.kind()) && apiVersion.equals(wanted.apiVersion())) return;
        var shown = apiVersion.indexOf('/') < 0 ? "/" + apiVersion : apiVersion;
        throw new ApiException(Reason.BAD_REQUEST, "invalid object type: %s, Kind=%s", shown, kind);
    }

    /// An apply where no ownership of fields is kept: what it names is merged.
    static ObjectPatch asMerge(byte[] body, ObjectSchema schema) {
        return new ObjectPatch.Merge(BodyFormat.YAML.tree(body, schema, _ -> { }).object(), List.of());
    }
}
