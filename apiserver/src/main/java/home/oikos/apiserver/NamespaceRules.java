package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import java.util.List;

/// What is special about Namespaces: they live until what is in them has gone.
final class NamespaceRules extends PlainRules {
    NamespaceRules(ResourceDefinition definition) {
        super(definition, false);
    }

    @Override
    public JsonObject defaulted(JsonObject object) {
        return object.withAt(object.at("metadata", "name"), "metadata", "labels", "kubernetes.io/metadata.name");
    }

    @Override
    public JsonObject prepareCreate(JsonObject object) {
        var finalizers = object.at("spec", "finalizers").array();
        var has = finalizers.stream().anyMatch(f -> f.text("").equals("kubernetes"));
        return object.withAt(has ? finalizers : finalizers.with(home.oikos.api.Json.of("kubernetes")), "spec", "finalizers")
                .with("status", JsonObject.of("phase", "Active"));
    }

    @Override
    public JsonObject prepareUpdate(JsonObject object, JsonObject old) {
        return StatusHalf.of(object, old).with("spec", old.at("spec"));
    }

    @Override
    public JsonObject prepare(String subresource, JsonObject object, JsonObject old) {
        return subresource.equals("finalize") ? StatusHalf.of(object, old) : super.prepare(subresource, object, old);
    }

    @Override
    void check(JsonObject object, List<FieldError> errors) {
        for (var finalizer : object.at("spec", "finalizers").array()) {
            if (finalizer.text("").indexOf('/') < 0 && !finalizer.text("").equals("kubernetes")) {
                errors.add(FieldError.invalid("spec.finalizers", finalizer,
                        "name is neither a standard finalizer name nor is it fully qualified"));
            }
        }
    }

    @Override
    public JsonObject deleting(JsonObject object) {
        return object.withAt("Terminating", "status", "phase").withoutAt("metadata", "deletionGracePeriodSeconds");
    }

    @Override
    public boolean mayGo(JsonObject object) {
        return object.at("spec", "finalizers").array().equals(JsonArray.EMPTY);
    }
}
