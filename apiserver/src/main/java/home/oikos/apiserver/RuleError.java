package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.Set;

/// What a failed rule in CEL tells. Objects and lists are not shown in it.
final class RuleError {
    private static final Set<FieldError.Type> BLOCKING = Set.of(FieldError.Type.NOT_FOUND, FieldError.Type.REQUIRED, FieldError.Type.TOO_LONG,
            FieldError.Type.TOO_MANY, FieldError.Type.TYPE_INVALID);

    private RuleError() { }

    static FieldError of(CelRule rule, String path, Json value, String message) {
        return switch (rule.reason()) {
            case "FieldValueForbidden" -> FieldError.forbidden(path, message);
            case "FieldValueRequired" -> FieldError.required(path, message);
            case "FieldValueDuplicate" -> isWhole(value) ? new FieldError(FieldError.Type.DUPLICATE, path, "Duplicate value")
                    : FieldError.duplicate(path, value);
            default -> isWhole(value) ? new FieldError(FieldError.Type.INVALID, path, "Invalid value: " + message)
                    : FieldError.invalid(path, value, message);
        };
    }

    private static boolean isWhole(Json value) {
        return value instanceof JsonObject || value instanceof JsonArray;
    }

    /// A rule that has no outcome.
    static FieldError failed(String path, Json value, String type, String why, CelRule rule) {
        var told = why.startsWith("Index") ? "index" + why.substring("Index".length()) : why;
        return FieldError.invalid(path, isWhole(value) ? type : value, told + " evaluating rule: " + rule.rule().strip());
    }

    /// Whether a schema error makes it useless, or dangerous, to run rules.
    static boolean block(List<FieldError> errors) {
        return errors.stream().anyMatch(e -> BLOCKING.contains(e.type()));
    }

    static FieldError notChecked() {
        return new FieldError(FieldError.Type.INVALID, SchemaValidation.NOWHERE, "Invalid value: null: some validation rules were not checked because the"
                + " object was invalid; correct the existing errors to complete validation");
    }
}
