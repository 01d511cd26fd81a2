package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What is special about the bindings of admission policies.
final class PolicyBindingRules extends PlainRules {
    private static final List<String> ACTIONS = List.of("Audit", "Deny", "Warn");

    PolicyBindingRules(ResourceDefinition definition) {
        super(definition, true);
    }

    @Override
    public JsonObject defaulted(JsonObject object) {
        return AdmissionDefaults.binding(super.defaulted(object));
    }

    @Override
    public List<FieldError> validate(JsonObject object) {
        var errors = new ArrayList<>(super.validate(object));
        errors.removeIf(error -> error.field().startsWith("spec."));
        var spec = object.at("spec");
        if (spec.at("policyName").text("").isEmpty()) errors.add(FieldError.required("spec.policyName"));
        if (spec.at("paramRef").isPresent()) parameters(object, errors);
        actions(object, errors);
        return errors;
    }

    private static void parameters(JsonObject object, List<FieldError> errors) {
        var reference = object.at("spec", "paramRef");
        boolean named = !reference.at("name").text("").isEmpty();
        if (named && reference.at("selector").isPresent()) {
            errors.add(FieldError.forbidden("spec.paramRef.name", "name and selector are mutually exclusive"));
        } else if (!named && reference.at("selector").isNull()) {
            errors.add(FieldError.required("spec.paramRef", "one of name or selector must be specified"));
        }
        if (reference.at("parameterNotFoundAction").isNull()) errors.add(FieldError.required("spec.paramRef.parameterNotFoundAction"));
    }

    private static void actions(JsonObject object, List<FieldError> errors) {
        var actions = object.at("spec", "validationActions");
        if (actions.array().isEmpty()) errors.add(FieldError.required("spec.validationActions"));
        var seen = new ArrayList<String>();
        for (int i = 0; i < actions.array().size(); i++) {
            var action = actions.at(i).text("");
            if (!ACTIONS.contains(action)) errors.add(FieldError.notSupported("spec.validationActions[" + i + "]", action, ACTIONS));
            else if (seen.contains(action)) errors.add(FieldError.duplicate("spec.validationActions[" + i + "]", action));
            seen.add(action);
        }
        if (seen.containsAll(Set.of("Deny", "Warn"))) errors.add(FieldError.invalid("spec.validationActions", actions,
                "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers"
                        + " serves no purpose)"));
    }
}
