package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What is wrong with a CustomResourceDefinition, in upstream's words and order: its names here, its versions in [CustomVersionValidation], its schemas
/// in [StructuralValidation].
final class CustomDefinitionValidation {
    private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final String LABEL_WORDS = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character,"
            + " and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    private static final String APPROVED = "api-approved.kubernetes.io";

    private final JsonObject crd;
    private final List<FieldError> errors = new ArrayList<>();

    private CustomDefinitionValidation(JsonObject crd) {
        this.crd = crd;
    }

    static List<FieldError> validate(JsonObject crd, RuleCompiler compiler) {
        var validation = new CustomDefinitionValidation(crd);
        validation.name();
        validation.group();
        validation.scope();
        CustomVersionValidation.validate(crd, compiler, validation.errors);
        validation.conversion();
        validation.names(crd.at("spec", "names"), "spec.names.");
        validation.storedVersions();
        validation.approval();
        return validation.errors;
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

    private String text(String... path) {
        return crd.at("spec", path).text("");
    }

    private void name() {
        var name = crd.at("metadata", "name").text("");
        if (!name.equals(text("names", "plural") + "." + text("group"))) {
            errors.add(FieldError.invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group"));
        }
    }

    private void group() {
        var group = text("group");
        if (group.isEmpty()) errors.add(FieldError.required("spec.group"));
        else if (NameSyntax.subdomainError(group) != null) errors.add(FieldError.invalid("spec.group", group, NameSyntax.subdomainError(group)));
        else if (group.indexOf('.') < 0) errors.add(FieldError.invalid("spec.group", group, "should be a domain with at least one dot"));
    }

    private void scope() {
        var scope = text("scope");
        if (scope.isEmpty()) errors.add(FieldError.required("spec.scope"));
        else if (!List.of("Cluster", "Namespaced").contains(scope)) errors.add(FieldError.notSupported("spec.scope", scope, List.of("Cluster", "Namespaced")));
    }

    /// Conversion by webhook is refused plainly: the versions of a home's kinds differ in nothing that needs one.
    private void conversion() {
        var strategy = text("conversion", "strategy");
        if (strategy.equals("None")) return;
        if (!strategy.equals("Webhook")) {
            errors.add(FieldError.notSupported("spec.conversion.strategy", strategy, List.of("None", "Webhook")));
            return;
        }
        if (crd.at("spec", "preserveUnknownFields").bool(false)) {
            errors.add(FieldError.invalid("spec.conversion.strategy", strategy, "must be None if spec.preserveUnknownFields is true"));
        }
        if (crd.at("spec", "conversion", "webhook", "clientConfig").isNull()) {
            errors.add(FieldError.required("spec.conversion.webhookClientConfig", "required when strategy is set to Webhook"));
            errors.add(FieldError.required("spec.conversion.conversionReviewVersions"));
        } else errors.add(FieldError.forbidden("spec.conversion.strategy",
                "conversion by webhook is not offered here; versions are converted by their name alone"));
    }

    private void names(Json names, String path) {
        for (var name : List.of("plural", "singular")) label(names.at(name).text(""), path + name, false);
        for (var name : List.of("kind", "listKind")) label(names.at(name).text(""), path + name, true);
        var shortNames = names.at("shortNames").array();
        for (int i = 0; i < shortNames.size(); i++) label(shortNames.at(i).text(""), path + "shortNames[" + i + "]", false);
        var categories = names.at("categories").array();
        for (int i = 0; i < categories.size(); i++) label(categories.at(i).text(""), path + "categories[" + i + "]", false);
        var kind = names.at("kind").text("");
        if (!kind.isEmpty() && kind.equals(names.at("listKind").text(""))) {
            errors.add(FieldError.invalid(path + "listKind", kind, "kind and listKind may not be the same"));
        }
    }

    private void label(String name, String path, boolean mixedCase) {
        if (name.isEmpty()) errors.add(FieldError.required(path));
        else if (isWrong(mixedCase ? name.toLowerCase(Locale.ROOT) : name)) {
            errors.add(FieldError.invalid(path, name, mixedCase ? "may have mixed case, but should otherwise match: " + LABEL_WORDS : LABEL_WORDS));
        }
    }

    private static boolean isWrong(String name) {
        return name.length() > 63 || !LABEL.matcher(name).matches();
    }

    static FieldError versionName(String name, String path) {
        return isWrong(name) ? FieldError.invalid(path, name, LABEL_WORDS) : null;
    }

    private void storedVersions() {
        var stored = crd.at("status", "storedVersions").array();
        if (stored.isEmpty()) {
            errors.add(FieldError.invalid("status.storedVersions", Json.NULL, "must have at least one stored version"));
            return;
        }
        var left = new ArrayList<>(stored.elements());
        for (var version : crd.at("spec", "versions").array()) {
            var known = left.remove(version.at("name"));
            if (!known && version.at("storage").bool(false)) errors.add(FieldError.invalid("status.storedVersions", stored,
                    "must have the storage version " + version.at("name").text("")));
        }
        for (int i = 0; i < stored.size(); i++) {
            if (left.contains(stored.at(i))) {
                errors.add(FieldError.invalid("status.storedVersions[" + i + "]", stored.at(i), "missing from spec.versions; " + stored.at(i).text("")
                        + " was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in "
                        + stored.at(i).text("") + " and removes " + stored.at(i).text("") + " from status.storedVersions"));
            }
        }
    }

    private void approval() {
        if (crd.at("spec", "preserveUnknownFields").bool(false)) {
            errors.add(FieldError.invalid("spec.preserveUnknownFields", true,
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead"));
        }
        var group = text("group");
        var isProtected = group.equals("k8s.io") || group.endsWith(".k8s.io") || group.equals("kubernetes.io") || group.endsWith(".kubernetes.io");
        if (!isProtected || !crd.at("metadata", "annotations", APPROVED).text("").isEmpty()) return;
        errors.add(FieldError.required("metadata.annotations[" + APPROVED + "]", "protected groups must have approval annotation \"" + APPROVED
                + "\", see https://github.com/kubernetes/enhancements/pull/1111"));
    }

    /// An array that is missing shows as null.
    static Json shown(JsonArray list) {
        return list.isEmpty() ? Json.NULL : list;
    }
}
