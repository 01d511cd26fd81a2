package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.JsonObject;
import java.util.List;

final class SchemaValidation {
    private SchemaValidation() { }

    static List<FieldError> validate(JsonObject object, StructuralSchema schema) {
        return List.of();
    }
}
