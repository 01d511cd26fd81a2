package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with a CustomResourceDefinition.
final class CustomDefinitionValidation {
    private CustomDefinitionValidation() { }

    static List<FieldError> validate(JsonObject crd) {
        var errors = new ArrayList<FieldError>();
        return errors;
    }

    static List<FieldError> validateUpdate(JsonObject crd, JsonObject old) {
        var errors = new ArrayList<FieldError>();
        if (Condition.isTrue(old, "Established")) {
            immutable(errors, crd, old, "scope");
            immutable(errors, crd, old, "names", "kind");
        }
        immutable(errors, crd, old, "group");
        immutable(errors, crd, old, "names", "plural");
        return errors;
    }

    private static void immutable(List<FieldError> errors, JsonObject crd, JsonObject old, String... path) {
        Json now = crd.at("spec", path);
        if (!now.equals(old.at("spec", path))) errors.add(FieldError.invalid("spec." + String.join(".", path), now, "field is immutable"));
    }
}
