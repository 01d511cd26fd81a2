package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import java.util.List;

/// What is special about PodTemplates.
final class TemplateRules extends PlainRules {
    TemplateRules(ResourceDefinition definition) {
        super(definition, true);
    }

    @Override
    void check(JsonObject object, List<FieldError> errors) {
        PodSpecChecks.check(object.at("template", "spec"), "template.spec", errors);
    }
}
