package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// What is special about kinds that own pods by a selector: it must choose their own template and may not change.
final class SelectorRules extends PlainRules {
    SelectorRules(ResourceDefinition definition) {
        super(definition, true);
    }

    @Override
    void check(JsonObject object, List<FieldError> errors) {
        var numbers = new FieldErrors(errors, "spec.replicas");
        numbers.notNegative(object.at("spec", "replicas"), "spec.replicas");
        PodSpecChecks.check(object.at("spec", "template", "spec"), "spec.template.spec", errors);
        var policy = object.at("spec", "template", "spec", "restartPolicy");
        if (List.of("OnFailure", "Never").contains(policy.text(""))) {
            errors.add(FieldError.notSupported("spec.template.spec.restartPolicy", policy, List.of("Always")));
        }
        numbers.notNegative(object.at("spec", "minReadySeconds"), "spec.minReadySeconds");
        var selector = object.at("spec", "selector");
        var labels = new HashMap<String, String>();
        object.at("spec", "template", "metadata", "labels").object().members().forEach((name, value) -> labels.put(name, value.text("")));
        if (selector.object().isEmpty()) {
            if (selector.isPresent()) errors.add(FieldError.invalid("spec.selector", selector, "empty selector is invalid for deployment"));
        } else if (!LabelSelector.of(selector).matches(labels)) {
            errors.add(FieldError.invalid("spec.template.metadata.labels", object.at("spec", "template", "metadata", "labels"),
                    "`selector` does not match template `labels`"));
        }
    }

    @Override
    public List<FieldError> validateUpdate(JsonObject object, JsonObject old) {
        var errors = new ArrayList<FieldError>();
        if (!object.at("spec", "selector").equals(old.at("spec", "selector"))) {
            errors.add(FieldError.invalid("spec.selector", object.at("spec", "selector"), "field is immutable"));
        }
        return errors;
    }
}
