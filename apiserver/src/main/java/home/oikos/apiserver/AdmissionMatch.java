package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.store.Store;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether webhooks and policies are meant by a write: their rules, and their selectors over the object and its namespace.
record AdmissionMatch(Store store, Resources resources) {
    /// Nobody may lock himself out from the objects that would let him in again.
    private static final Set<String> NEVER = Set.of("mutatingwebhookconfigurations", "validatingwebhookconfigurations",
            "mutatingadmissionpolicies", "mutatingadmissionpolicybindings", "validatingadmissionpolicies", "validatingadmissionpolicybindings");

    static boolean isExempt(Admission admission) {
        var definition = admission.resource().definition();
        return definition.group().equals("admissionregistration.k8s.io") && NEVER.contains(definition.plural());
    }

    /// @param matching its namespaceSelector, objectSelector and matchPolicy; and `rules`, or resourceRules and excludeResourceRules
    /// @return as which resource the object is to be shown: another version of it where rules name only that
    Optional<Resource> match(Admission admission, JsonObject object, Json matching) {
        var rules = matching.at(matching.object().has("rules") ? "rules" : "resourceRules");
        if (rules.isNull() && matching.at("excludeResourceRules").isNull()) return selected(admission, object, matching);
        if (anyApplies(matching.at("excludeResourceRules"), admission, admission.resource())) return Optional.empty();
        var found = rules.isNull() ? Optional.of(admission.resource()) : versions(admission, matching).stream()
                .filter(version -> anyApplies(rules, admission, version)).findFirst();
        return found.filter(_ -> selected(admission, object, matching).isPresent());
    }

    private List<Resource> versions(Admission admission, Json matching) {
        var asked = admission.resource();
        if (matching.at("matchPolicy").text("Equivalent").equals("Exact")) return List.of(asked);
        var all = new java.util.ArrayList<>(List.of(asked));
        for (var other : resources.all()) {
            boolean same = other.prefix().equals(asked.prefix()) && !other.definition().groupVersion().equals(asked.definition().groupVersion());
            if (same) all.add(other);
        }
        return all;
    }

    private static boolean anyApplies(Json rules, Admission admission, Resource resource) {
        return rules.array().stream().anyMatch(rule -> applies(new JsonRule(rule), admission, resource));
    }

    private static boolean applies(JsonRule rule, Admission admission, Resource resource) {
        var definition = resource.definition();
        var scope = rule.json().at("scope").text("*");
        var name = admission.subresource().isEmpty() ? definition.plural() : definition.plural() + "/" + admission.subresource();
        return rule.has("operations", admission.operation().name()) && rule.has("apiGroups", definition.group())
                && rule.has("apiVersions", definition.groupVersion().version()) && rule.names(definition.plural(), admission.subresource(), name)
                && (scope.equals("*") || scope.equals("Namespaced") == isNamespaced(admission))
                && (rule.json().at("resourceNames").array().isEmpty() || rule.has("resourceNames", admission.name()));
    }

    /// A namespace itself lies in none, though its requests carry its name.
    private static boolean isNamespaced(Admission admission) {
        return admission.resource().definition().namespaced();
    }

    /// One rule's lists, in which a star means all.
    private record JsonRule(Json json) {
        boolean has(String list, String value) {
            return json.at(list).array().stream().anyMatch(v -> v.text("").equals(value) || v.text("").equals("*"));
        }

        /// `pods`, `pods/status`, `*`, `*/*`, `pods/*`, `*/scale`.
        boolean names(String plural, String subresource, String name) {
            return json.at("resources").array().stream().map(r -> r.text("")).anyMatch(r -> r.equals(name) || r.equals("*/*")
                    || r.equals("*") && subresource.isEmpty() || r.equals(plural + "/*") || !subresource.isEmpty()
                    && r.equals("*/" + subresource));
        }
    }

    private Optional<Resource> selected(Admission admission, JsonObject object, Json matching) {
        var byObject = LabelSelector.of(matching.at("objectSelector"));
        var old = admission.old() == null ? JsonObject.EMPTY : admission.old();
        boolean meant = byObject.isAll() || byObject.matches(labels(object)) || byObject.matches(labels(old)) && admission.old() != null;
        return meant && inNamespace(admission, object, LabelSelector.of(matching.at("namespaceSelector")))
                ? Optional.of(admission.resource()) : Optional.empty();
    }

    private boolean inNamespace(Admission admission, JsonObject object, LabelSelector selector) {
        if (selector.isAll()) return true;
        var definition = admission.resource().definition();
        if (definition.groupVersionResource().qualified().equals("namespaces")) return selector.matches(labels(object));
        return !definition.namespaced() || selector.matches(labels(namespace(admission.namespace())));
    }

    JsonObject namespace(String name) {
        return store.snapshot().get(Resource.prefix("", "namespaces") + name).map(ObjectBytes::tree).orElse(JsonObject.EMPTY);
    }

    static Map<String, String> labels(JsonObject object) {
        var labels = new HashMap<String, String>();
        object.at("metadata", "labels").object().members().forEach((name, value) -> labels.put(name, value.text("")));
        return labels;
    }
}
