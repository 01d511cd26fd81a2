package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is wrong with the versions of a CustomResourceDefinition. Where there is a single one, errors of its parts are told as of the definition.
final class CustomVersionValidation {
    private static final List<String> TYPES = List.of("boolean", "date", "integer", "number", "string");
    private static final List<String> FORMATS = List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");

    private final JsonArray versions;
    private final RuleCompiler compiler;
    private final List<FieldError> errors;

    private CustomVersionValidation(JsonArray versions, RuleCompiler compiler, List<FieldError> errors) {
        this.versions = versions;
        this.compiler = compiler;
        this.errors = errors;
    }

    static void validate(JsonObject crd, RuleCompiler compiler, List<FieldError> errors) {
        var validation = new CustomVersionValidation(crd.at("spec", "versions").array(), compiler, errors);
        for (int i = 0; i < validation.versions.size(); i++) validation.version(validation.versions.at(i), "spec.versions[" + i + "]");
        validation.together(crd.at("spec", "versions"));
        if (validation.versions.size() == 1) validation.parts(validation.versions.at(0), "spec", "spec.validation.openAPIV3Schema", "JSONPath");
        else {
            for (int i = 0; i < validation.versions.size(); i++) {
                var path = "spec.versions[" + i + "]";
                validation.parts(validation.versions.at(i), path, path + ".schema.openAPIV3Schema", "JSONPath");
            }
        }
    }

    private void add(FieldError error) {
        if (error != null) errors.add(error);
    }

    private void version(Json version, String path) {
        var name = version.at("name").text("");
        if (!version.at("deprecated").bool(false) && version.at("deprecationWarning").isPresent()) {
            errors.add(FieldError.invalid(path + ".deprecationWarning", version.at("deprecationWarning"), "can only be set for deprecated versions"));
        }
        add(CustomDefinitionValidation.versionName(name, path + ".name"));
        if (version.at("schema", "openAPIV3Schema").isNull()) errors.add(FieldError.required(path + ".schema.openAPIV3Schema"));
    }

    private void together(Json given) {
        if (versions.size() == 1) add(CustomDefinitionValidation.versionName(versions.at(0).at("name").text(""), "spec.version"));
        var names = new HashSet<Json>();
        versions.forEach(v -> names.add(v.at("name")));
        var shown = given.isNull() ? Json.NULL : new JsonArray(versions.stream().map(CustomVersionValidation::shown).toList());
        if (names.size() < versions.size()) errors.add(FieldError.invalid("spec.versions", shown, "must contain unique version names"));
        if (versions.stream().filter(v -> v.at("storage").bool(false)).count() != 1) {
            errors.add(FieldError.invalid("spec.versions", shown, "must have exactly one version marked as storage version"));
        }
    }

    /// As Go prints its own struct.
    private static Json shown(Json version) {
        return JsonObject.of("Name", version.at("name"), "Served", version.at("served").bool(false), "Storage", version.at("storage").bool(false),
                "Deprecated", version.at("deprecated").bool(false), "DeprecationWarning", version.at("deprecationWarning"), "Schema", Json.NULL,
                "Subresources", Json.NULL, "AdditionalPrinterColumns", Json.NULL, "SelectableFields", Json.NULL);
    }

    private void parts(Json version, String path, String schemaPath, String jsonPath) {
        if (version.at("schema", "openAPIV3Schema") instanceof JsonObject schema) StructuralValidation.validate(schema, schemaPath, compiler, errors);
        scale(version.at("subresources", "scale"), path + ".subresources.scale.");
        var columns = version.at("additionalPrinterColumns").array();
        for (int i = 0; i < columns.size(); i++) column(columns.at(i), path + ".additionalPrinterColumns[" + i + "].", jsonPath);
        selectable(version, path + ".selectableFields");
    }

    private void scale(Json scale, String path) {
        if (scale.isNull()) return;
        under(scale.at("specReplicasPath").text(""), path + "specReplicasPath", ".spec", false);
        under(scale.at("statusReplicasPath").text(""), path + "statusReplicasPath", ".status", false);
        under(scale.at("labelSelectorPath").text(""), path + "labelSelectorPath", ".spec or .status", true);
    }

    private void under(String jsonPath, String path, String where, boolean optional) {
        if (jsonPath.isEmpty()) {
            if (!optional) errors.add(FieldError.required(path));
            return;
        }
        if (!isSimple(jsonPath)) errors.add(FieldError.invalid(path, jsonPath, "must be a simple json path starting with ."));
        else if (Set.of(where.split(" or ")).stream().noneMatch(prefix -> jsonPath.startsWith(prefix + "."))) {
            errors.add(FieldError.invalid(path, jsonPath, "should be a json path under " + (optional ? "either " : "") + where));
        }
    }

    private static boolean isSimple(String jsonPath) {
        return jsonPath.matches("(\\.[a-zA-Z_][a-zA-Z0-9_]*)+");
    }

    private void column(Json column, String path, String jsonPath) {
        var type = column.at("type").text("");
        var format = column.at("format").text("");
        var text = column.at("jsonPath").text("");
        if (column.at("name").text("").isEmpty()) errors.add(FieldError.required(path + "name"));
        if (type.isEmpty()) errors.add(FieldError.required(path + "type", "must be one of " + String.join(",", TYPES)));
        else if (!TYPES.contains(type)) errors.add(FieldError.invalid(path + "type", type, "must be one of " + String.join(",", TYPES)));
        if (!format.isEmpty() && !FORMATS.contains(format)) {
            errors.add(FieldError.invalid(path + "format", format, "must be one of " + String.join(",", FORMATS)));
        }
        if (text.isEmpty()) errors.add(FieldError.required(path + jsonPath));
        else if (!text.startsWith(".")) errors.add(FieldError.invalid(path + jsonPath, text, "must be a simple json path starting with ."));
    }

    private void selectable(Json version, String path) {
        var fields = version.at("selectableFields").array();
        for (int i = 0; i < fields.size(); i++) {
            var text = fields.at(i).at("jsonPath").text("");
            var at = path + "[" + i + "].jsonPath";
            if (text.isEmpty()) errors.add(FieldError.required(at));
            else if (!isSimple(text)) errors.add(FieldError.invalid(at, text, "is an invalid path: must be a simple json path starting with ."));
            else if (!leadsToValue(version.at("schema", "openAPIV3Schema"), text)) {
                errors.add(FieldError.invalid(at, text, "is an invalid path: does not refer to a valid field"));
            }
        }
    }

    private static boolean leadsToValue(Json schema, String path) {
        var found = schema;
        for (var name : path.substring(1).split("\\.")) found = found.at("properties", name);
        return Set.of("string", "boolean", "integer").contains(found.at("type").text(""));
    }
}
