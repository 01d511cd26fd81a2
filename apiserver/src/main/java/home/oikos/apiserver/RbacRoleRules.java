package home.oikos.apiserver;

import home.oikos.api.Decoded;
import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What is special about Role and ClusterRole.
record RbacRoleRules(boolean cluster) implements KindRules {
    /// Whatever fits a path: role names hold colons.
    @Override
    public String nameError(String name) {
        return NameSyntax.pathSegmentError(name);
    }

    @Override
    public boolean createsOnUpdate() {
        return true;
    }

    /// Whoever sends an empty list owns it, though it is kept as none at all.
    @Override
    public Decoded decoded(JsonObject sent, ObjectSchema schema, Collection<String> duplicates) {
        var decoded = KindRules.super.decoded(sent, schema, duplicates);
        if (!(sent.at("rules") instanceof JsonArray rules) || !rules.isEmpty()) return decoded;
        return new Decoded(decoded.object().with("rules", rules), decoded.strict());
    }

    /// A role without rules says so: clients of this kind expect the member. One that gathers starts with none.
    @Override
    public JsonObject defaulted(JsonObject object) {
        return object.has("rules") ? object : object.with("rules", Json.NULL);
    }

    @Override
    public JsonObject stored(JsonObject sent, Resource resource) {
        return sent.at("rules").array().isEmpty() ? sent.with("rules", Json.NULL) : sent;
    }

    @Override
    public List<FieldError> validate(JsonObject object) {
        var errors = new ArrayList<FieldError>();
        if (cluster && object.at("aggregationRule").isPresent() && object.at("aggregationRule", "clusterRoleSelectors").array().isEmpty()) {
            errors.add(FieldError.required("aggregationRule.clusterRoleSelectors",
                    "at least one clusterRoleSelector required if aggregationRule is non-nil"));
        }
        var rules = object.at("rules").array();
        for (int i = 0; i < rules.size(); i++) rule(RbacRule.of(rules.at(i)), rules.at(i), "rules[" + i + "]", errors);
        return errors;
    }

    private void rule(RbacRule rule, Json json, String field, List<FieldError> errors) {
        if (rule.verbs().isEmpty()) errors.add(FieldError.required(field + ".verbs", "verbs must contain at least one value"));
        if (!rule.nonResourceUrls().isEmpty()) {
            var urls = field + ".nonResourceURLs";
            if (!cluster) errors.add(FieldError.invalid(urls, json.at("nonResourceURLs"),
                    "namespaced rules cannot apply to non-resource URLs"));
            else if (!rule.apiGroups().isEmpty() || !rule.resources().isEmpty() || !rule.resourceNames().isEmpty()) {
                errors.add(FieldError.invalid(urls, json.at("nonResourceURLs"),
                        "rules cannot apply to both regular resources and non-resource URLs"));
            }
            return;
        }
        if (rule.apiGroups().isEmpty()) errors.add(FieldError.required(field + ".apiGroups",
                "resource rules must supply at least one api group"));
        if (rule.resources().isEmpty()) errors.add(FieldError.required(field + ".resources",
                "resource rules must supply at least one resource"));
    }
}
