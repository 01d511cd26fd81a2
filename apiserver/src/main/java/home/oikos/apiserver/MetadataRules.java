package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Validation of metadata, the same for every kind.
final class MetadataRules {
    /// All annotations of an object together: 256 KiB.
    private static final int ANNOTATIONS_BYTES_MAX = 256 << 10;
    private static final Set<String> STANDARD_FINALIZERS = Set.of("kubernetes", "orphan", "foregroundDeletion");

    private MetadataRules() { }

    static List<FieldError> validate(JsonObject object, Resource resource) {
        var metadata = Metadata.of(object);
        var errors = new ArrayList<FieldError>();
        name(metadata, resource, errors);
        labels(metadata.at("labels").object(), "metadata.labels", errors);
        annotations(metadata.at("annotations").object(), errors);
        owners(metadata, errors);
        finalizers(metadata, resource, errors);
        return errors;
    }

    private static void name(JsonObject metadata, Resource resource, List<FieldError> errors) {
        var name = metadata.at("name").text("");
        if (name.isEmpty()) {
            errors.add(FieldError.required("metadata.name", "name or generateName is required"));
            return;
        }
        var wrong = resource.rules().nameError(name);
        if (wrong != null) errors.add(FieldError.invalid("metadata.name", name, wrong));
    }

    static void labels(JsonObject labels, String field, List<FieldError> errors) {
        labels.members().forEach((key, value) -> {
            var wrongKey = LabelSyntax.keyError(key);
            if (wrongKey != null) errors.add(FieldError.invalid(field, key, wrongKey));
            var wrongValue = LabelSyntax.valueError(value.text(""));
            if (wrongValue != null) errors.add(FieldError.invalid(field, value.text(""), wrongValue));
        });
    }

    private static void annotations(JsonObject annotations, List<FieldError> errors) {
        long bytes = 0;
        for (var entry : annotations.members().entrySet()) {
            var wrong = LabelSyntax.keyError(entry.getKey().toLowerCase(java.util.Locale.ROOT));
            if (wrong != null) errors.add(FieldError.invalid("metadata.annotations", entry.getKey(), wrong));
            bytes += ObjectBytes.utf8(entry.getKey()).length + ObjectBytes.utf8(entry.getValue().text("")).length;
        }
        if (bytes > ANNOTATIONS_BYTES_MAX) errors.add(FieldError.tooLong("metadata.annotations", ANNOTATIONS_BYTES_MAX));
    }

    private static void owners(JsonObject metadata, List<FieldError> errors) {
        int controllers = 0;
        for (var owner : metadata.at("ownerReferences").array()) {
            required(owner, "apiVersion", "metadata.ownerReferences.apiVersion", "version must not be empty", errors);
            required(owner, "kind", "metadata.ownerReferences.kind", "must not be empty", errors);
            required(owner, "name", "metadata.ownerReferences.name", "must not be empty", errors);
            required(owner, "uid", "metadata.ownerReferences.uid", "must not be empty", errors);
            if (owner.at("controller").bool(false)) controllers++;
        }
        if (controllers > 1) {
            errors.add(FieldError.invalid("metadata.ownerReferences", metadata.at("ownerReferences"),
                    "Only one reference can have Controller set to true"));
        }
    }

    /// An update finds each wrong owner four times; clients compare.
    static void ownersAgain(JsonObject object, List<FieldError> errors) {
        for (int again = 0; again < 3; again++) owners(Metadata.of(object), errors);
    }

    private static void required(Json owner, String member, String field, String detail, List<FieldError> errors) {
        var value = owner.at(member).text("");
        if (value.isEmpty()) errors.add(FieldError.invalid(field, value, detail));
    }

    private static void finalizers(JsonObject metadata, Resource resource, List<FieldError> errors) {
        int index = 0;
        for (var each : metadata.at("finalizers").array()) {
            var finalizer = each.text("");
            var wrong = LabelSyntax.keyError(finalizer);
            if (wrong != null) errors.add(FieldError.invalid("metadata.finalizers", finalizer, wrong));
            if (resource.rules().qualifiesFinalizers() && finalizer.indexOf('/') < 0 && !STANDARD_FINALIZERS.contains(finalizer)) {
                errors.add(FieldError.invalid("metadata.finalizers[" + index + "]", finalizer,
                        "name is neither a standard finalizer name nor is it fully qualified"));
            }
            index++;
        }
    }

    /// What is not wrong, but better otherwise.
    static List<String> warnings(JsonObject object, Resource resource) {
        if (!resource.custom()) return List.of();
        return object.at("metadata", "finalizers").array().stream().map(f -> f.text("")).filter(f -> f.indexOf('/') < 0
                && !STANDARD_FINALIZERS.contains(f))
                .map(f -> "metadata.finalizers: \"" + f
                        + "\": prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer writers")
                .toList();
    }

    /// What an update may not change. Upstream checks this twice, so each cause stands twice.
    static List<FieldError> validateUpdate(JsonObject object, JsonObject old) {
        var errors = new ArrayList<FieldError>();
        var metadata = Metadata.of(object);
        var before = Metadata.of(old);
        for (var field : List.of("uid", "deletionTimestamp", "deletionGracePeriodSeconds")) {
            if (!metadata.at(field).equals(before.at(field))) errors.add(FieldError.invalid("metadata." + field, metadata.at(field),
                    "field is immutable"));
        }
        newFinalizers(metadata, before, errors);
        return errors;
    }

    private static void newFinalizers(JsonObject metadata, JsonObject before, List<FieldError> errors) {
        if (before.at("deletionTimestamp").isNull()) return;
        var known = before.at("finalizers").array().elements();
        var added = metadata.at("finalizers").array().stream().filter(f -> !known.contains(f)).toList();
        if (added.isEmpty()) return;
        errors.add(FieldError.forbidden("metadata.finalizers",
                "no new finalizers can be added if the object is being deleted, found new finalizers []string{"
                + String.join(", ", added.stream().map(Json::toString).toList()) + "}"));
    }
}
