package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.time.Clock;
import java.util.List;

/// The rules of CustomResourceDefinitions themselves.
record CustomDefinitionRules(Clock clock, RuleCompiler compiler) implements ExtensionRules {
    static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";
    private static final JsonObject NEW_STATUS = JsonObject.of("conditions", Json.NULL, "acceptedNames", JsonObject.of("plural", "", "kind", ""));

    @Override
    public JsonObject defaulted(JsonObject crd) {
        var names = crd.at("spec", "names").object();
        var kind = names.at("kind").text("");
        if (names.at("singular").text("").isEmpty() && !kind.isEmpty()) names = names.with("singular", kind.toLowerCase(java.util.Locale.ROOT));
        if (names.at("listKind").text("").isEmpty() && !kind.isEmpty()) names = names.with("listKind", kind + "List");
        var spec = crd.at("spec").object();
        if (!names.isEmpty()) spec = spec.with("names", names);
        return crd.with("spec", spec.has("conversion") ? spec : spec.with("conversion", JsonObject.of("strategy", "None")));
    }

    @Override
    public JsonObject prepareCreate(JsonObject crd) {
        return storing(crd.with("status", NEW_STATUS.with("storedVersions", JsonArray.EMPTY)));
    }

    @Override
    public JsonObject prepareUpdate(JsonObject crd, JsonObject old) {
        return storing(StatusHalf.of(crd, old));
    }

    /// The version in which objects are stored from now on is one in which some may lie.
    private static JsonObject storing(JsonObject crd) {
        var stored = crd.at("status", "storedVersions").array();
        for (var version : crd.at("spec", "versions").array()) {
            if (version.at("storage").bool(false) && !stored.elements().contains(version.at("name"))) stored = stored.with(version.at("name"));
        }
        return crd.withAt(stored, "status", "storedVersions");
    }

    /// Its objects go first; see [CustomKinds].
    @Override
    public JsonObject deleting(JsonObject crd) {
        var finalizers = crd.at("metadata", "finalizers").array();
        var kept = finalizers.elements().contains(Json.of(FINALIZER)) ? finalizers : finalizers.with(Json.of(FINALIZER));
        var condition = new Condition("Terminating", "True", "InstanceDeletionPending",
                "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon");
        return condition.on(crd.withAt(kept, "metadata", "finalizers"), clock.instant());
    }

    /// What is as it was has been judged. A start applies the home's kinds again, and would compile every rule of theirs for nothing.
    @Override
    public List<FieldError> validateChanged(JsonObject crd, JsonObject old) {
        return judged(crd).equals(judged(old)) ? List.of() : ExtensionRules.super.validateChanged(crd, old);
    }

    private static List<Json> judged(JsonObject crd) {
        return List.of(crd.at("spec"), crd.at("status", "storedVersions"));
    }

    @Override
    public List<FieldError> validate(JsonObject crd) {
        return CustomDefinitionValidation.validate(crd, compiler);
    }

    @Override
    public List<FieldError> validateUpdate(JsonObject crd, JsonObject old) {
        return CustomDefinitionValidation.validateUpdate(crd, old);
    }
}
