package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.Decoded;
import home.oikos.api.FieldError;
import home.oikos.api.GroupVersionKind;
import home.oikos.api.GroupVersionResource;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectSchema;
import home.oikos.api.ResourceDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The rules of one version of a custom kind, all of them read from its CRD. Immutable.
/// @param schema of this version
/// @param storage of the version that objects are stored in: it gives the defaults when an older object is read
/// @param scale null for a kind that has no `/scale`
/// @param origin which state of which CRD they were read from
/// @param terminating whether the CRD is being deleted, and so nothing may be created
record CustomRules(GroupVersionKind kind, GroupVersionResource resource, StructuralSchema schema, StructuralSchema storage, CustomColumns columns,
        boolean hasStatus, ScalePaths scale,
        boolean terminating, StoredForm form, String origin,
        RuleValidation validation) implements ExtensionRules {
    @Override
    public Decoded decoded(JsonObject sent, ObjectSchema type, Collection<String> duplicates) {
        var metadata = EmbeddedObjects.metadata(sent.at("metadata"), "");
        var pruner = new Pruner();
        var pruned = pruner.root(sent, schema);
        var strict = new ArrayList<String>();
        duplicates.forEach(path -> strict.add("duplicate field \"" + path + "\""));
        metadata.strict().forEach(problem -> strict.add(problem.replace("field \"", "field \"metadata.")));
        pruner.unknown().forEach(path -> strict.add("unknown field \"" + path + "\""));
        return new Decoded(CustomDefaults.apply(pruned.with("metadata", metadata.object()), schema), strict);
    }

    @Override
    public JsonObject prepareCreate(JsonObject object) {
        if (terminating) throw new ApiException(forbidden(object.at("metadata", "name").text("")));
        return hasStatus ? object.without("status") : object;
    }

    private ApiStatus forbidden(String name) {
        return ApiStatus.forbidden(resource, name, "create not allowed while custom resource definition is terminating");
    }

    @Override
    public JsonObject prepareUpdate(JsonObject object, JsonObject old) {
        return hasStatus ? StatusHalf.of(object, old) : object;
    }

    /// Of a custom resource a status write changes the status alone, labels and annotations not.
    @Override
    public JsonObject prepareStatus(JsonObject object, JsonObject old) {
        var owners = object.at("metadata", "managedFields");
        var kept = owners.isNull() ? old.withoutAt("metadata", "managedFields") : old.withAt(owners, "metadata", "managedFields");
        return object.has("status") ? kept.with("status", object.at("status")) : kept.without("status");
    }

    @Override
    public JsonObject desired(JsonObject object) {
        var desired = object.without("metadata");
        return hasStatus ? desired.without("status") : desired;
    }

    @Override
    public List<FieldError> validate(JsonObject object) {
        return validateChanged(object, null);
    }

    /// What was wrong before may stay as it is: a CRD that has become stricter stops nobody who changes something else.
    @Override
    public List<FieldError> validateChanged(JsonObject object, JsonObject old) {
        var errors = new ArrayList<>(SchemaValidation.validate(object, old, schema));
        if (scale != null) scale.validate(object, errors);
        if (!schema.hasRules()) return errors;
        if (RuleError.block(errors)) errors.add(RuleError.notChecked());
        else validation.validate(object, old, errors);
        return errors;
    }

    @Override
    public JsonObject served(JsonObject stored, Resource resource) {
        var read = stored.at("apiVersion").text("").equals(kind.apiVersion()) ? stored : stored.with("apiVersion", kind.apiVersion());
        return new Pruner().root(CustomDefaults.apply(read, storage), schema);
    }

    @Override
    public boolean servedAsStored() {
        return form.isAsServed(stored -> served(stored, null));
    }

    @Override
    public JsonArray cells(ResourceDefinition definition, JsonObject object, Instant now) {
        return columns.cells(object, now);
    }
}
