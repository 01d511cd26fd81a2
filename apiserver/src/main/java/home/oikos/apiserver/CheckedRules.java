package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import home.oikos.api.SchemaValidator;
import java.util.ArrayList;
import java.util.List;

/// The rules of a kind that is special only in what it checks: see [KindChecks].
final class CheckedRules extends PlainRules {
    private final ResourceDefinition definition;

    CheckedRules(ResourceDefinition definition, boolean hasGeneration) {
        super(definition, hasGeneration);
        this.definition = definition;
    }

    @Override
    public List<FieldError> validate(JsonObject object) {
        return checked(object, errors -> KindChecks.object(qualified(), object, errors));
    }

    @Override
    public List<FieldError> validateChanged(JsonObject object, JsonObject old) {
        return checked(object, errors -> KindChecks.change(qualified(), object, old, errors));
    }

    /// Who tells a status answers for nothing else.
    @Override
    public List<FieldError> validateChanged(String subresource, JsonObject object, JsonObject old) {
        if (!subresource.equals("status")) return validateChanged(object, old);
        var errors = new ArrayList<FieldError>();
        KindChecks.status(qualified(), object, old, new FieldErrors(errors));
        return errors;
    }

    private List<FieldError> checked(JsonObject object, java.util.function.Consumer<FieldErrors> check) {
        var told = new ArrayList<>(SchemaValidator.validate(object, definition.schema()));
        var errors = new FieldErrors(told);
        check.accept(errors);
        errors.tellAll();
        return told;
    }
}
