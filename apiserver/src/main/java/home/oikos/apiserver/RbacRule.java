package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// One PolicyRule of a Role or ClusterRole. It names either resources or paths; an empty list of names means every name.
record RbacRule(List<String> verbs, List<String> apiGroups, List<String> resources, List<String> resourceNames,
        List<String> nonResourceUrls) {
    private static final String ALL = "*";

    RbacRule {
        verbs = List.copyOf(verbs);
        apiGroups = List.copyOf(apiGroups);
        resources = List.copyOf(resources);
        resourceNames = List.copyOf(resourceNames);
        nonResourceUrls = List.copyOf(nonResourceUrls);
    }

    static List<RbacRule> all(Json rules) {
        return rules.array().stream().map(RbacRule::of).toList();
    }

    static RbacRule of(Json rule) {
        return new RbacRule(texts(rule.at("verbs")), texts(rule.at("apiGroups")), texts(rule.at("resources")),
                texts(rule.at("resourceNames")),
                texts(rule.at("nonResourceURLs")));
    }

    static List<String> texts(Json array) {
        var texts = new ArrayList<String>();
        for (var element : array.array()) element.text().ifPresent(texts::add);
        return texts;
    }

    JsonObject json() {
        return JsonObject.of("verbs", verbs, "apiGroups", unlessEmpty(apiGroups), "resources", unlessEmpty(resources),
                "resourceNames", unlessEmpty(resourceNames), "nonResourceURLs", unlessEmpty(nonResourceUrls));
    }

    private static Object unlessEmpty(List<String> texts) {
        return texts.isEmpty() ? null : texts;
    }

    static JsonArray json(List<RbacRule> rules) {
        return new JsonArray(rules.stream().map(rule -> (Json) rule.json()).toList());
    }

    RbacRule withVerbs(List<String> others) {
        return new RbacRule(others, apiGroups, resources, resourceNames, nonResourceUrls);
    }

    boolean matches(ApiCall call) {
        if (!hasOrAll(verbs, call.verb())) return false;
        if (!call.isResource()) return nonResourceUrls.stream().anyMatch(url -> covers(url, call.path()));
        return hasOrAll(apiGroups, call.group()) && matchesResource(call.resource(), call.subresource())
                && (resourceNames.isEmpty() || resourceNames.contains(call.name()));
    }

    private boolean matchesResource(String resource, String subresource) {
        var combined = subresource.isEmpty() ? resource : resource + "/" + subresource;
        if (hasOrAll(resources, combined)) return true;
        return !subresource.isEmpty() && resources.contains("*/" + subresource);
    }

    private static boolean hasOrAll(List<String> list, String wanted) {
        return list.contains(wanted) || list.contains(ALL);
    }

    private static boolean covers(String url, String path) {
        if (url.equals(ALL) || url.equals(path)) return true;
        return url.endsWith(ALL) && path.startsWith(url.substring(0, url.length() - 1));
    }

    /// Whether whoever holds this rule holds everything the other grants.
    boolean coversAll(RbacRule other) {
        return (verbs.contains(ALL) || verbs.containsAll(other.verbs))
                && (apiGroups.contains(ALL) || apiGroups.containsAll(other.apiGroups))
                && other.resources.stream().allMatch(this::coversResource)
                && coversNames(other)
                && other.nonResourceUrls.stream().allMatch(path -> nonResourceUrls.stream().anyMatch(url -> covers(url, path)));
    }

    private boolean coversResource(String wanted) {
        int slash = wanted.indexOf('/');
        return hasOrAll(resources, wanted) || slash > 0 && resources.contains("*" + wanted.substring(slash));
    }

    private boolean coversNames(RbacRule other) {
        return resourceNames.isEmpty() || !other.resourceNames.isEmpty() && resourceNames.containsAll(other.resourceNames);
    }

    /// The smallest rules that together say the same: one verb, one group, one resource, one name or path each.
    List<RbacRule> breakdown() {
        var parts = new ArrayList<RbacRule>();
        for (var group : apiGroups) for (var resource : resources) for (var verb : verbs) {
            if (resourceNames.isEmpty()) parts.add(new RbacRule(List.of(verb), List.of(group), List.of(resource), List.of(), List.of()));
            for (var name : resourceNames) parts.add(new RbacRule(List.of(verb), List.of(group), List.of(resource), List.of(name),
                    List.of()));
        }
        for (var url : nonResourceUrls) for (var verb : verbs) {
            parts.add(new RbacRule(List.of(verb), List.of(), List.of(), List.of(), List.of(url)));
        }
        return parts;
    }

    /// As refusals show it: `{APIGroups:[""], Resources:["pods"], Verbs:["delete"]}`.
    String compact() {
        var parts = new ArrayList<String>();
        describe(parts, "APIGroups", apiGroups);
        describe(parts, "Resources", resources);
        describe(parts, "NonResourceURLs", nonResourceUrls);
        describe(parts, "ResourceNames", resourceNames);
        describe(parts, "Verbs", verbs);
        return "{" + String.join(", ", parts) + "}";
    }

    private static void describe(List<String> parts, String name, List<String> values) {
        if (!values.isEmpty()) parts.add(name + ":" + quoted(values));
    }

    /// A list of texts as Go's `%q` prints it.
    static String quoted(List<String> values) {
        var text = new StringBuilder("[");
        for (var value : values) text.append(text.length() > 1 ? " " : "").append(Json.of(value));
        return text.append(']').toString();
    }
}
