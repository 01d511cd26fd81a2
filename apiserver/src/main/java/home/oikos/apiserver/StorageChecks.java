package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.Locale;

/// Validation of StorageClasses.
final class StorageChecks {
    private StorageChecks() { }

    static void storageClass(JsonObject object, FieldErrors errors) {
        errors.tell("provisioner");
        qualified(object.at("provisioner"), "provisioner", errors);
        for (var name : object.at("parameters").object().names()) {
            if (name.isEmpty()) errors.invalid("parameters", name, "field can not be empty.");
        }
        errors.supported(object.at("reclaimPolicy"), "reclaimPolicy", "Delete", "Retain");
        errors.tell("volumeBindingMode");
    }

    /// What provides storage is named like a label, but letters may be large.
    static void qualified(Json name, String path, FieldErrors errors) {
        var text = name.text("");
        if (!text.isEmpty()) errors.invalid(path, text, LabelSyntax.keyError(text.toLowerCase(Locale.ROOT)));
    }

    static void storageClassChange(JsonObject object, JsonObject old, FieldErrors errors) {
        for (var field : new String[] {"parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"}) {
            errors.immutable(field, object, old);
        }
    }
}
