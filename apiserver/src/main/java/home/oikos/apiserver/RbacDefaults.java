package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The roles and bindings every home has, read from a resource file in a notation of our own, which the file explains.
/// @param roles ClusterRoles, those that gather rules from others complete with these
/// @param bindings ClusterRoleBindings
record RbacDefaults(List<JsonObject> roles, List<JsonObject> bindings) {
    private static final String FILE = "rbac.txt";
    private static final String LABEL = "rbac.authorization.k8s.io/";
    private static final JsonObject LABELS = JsonObject.of("kubernetes.io/bootstrapping", "rbac-defaults");
    /// Whoever sets it to false keeps a start from mending the object.
    static final String AUTOUPDATE = "rbac.authorization.kubernetes.io/autoupdate";
    private static final JsonObject ANNOTATIONS = JsonObject.of(AUTOUPDATE, "true");

    RbacDefaults {
        roles = List.copyOf(roles);
        bindings = List.copyOf(bindings);
    }

    static RbacDefaults builtIn() {
        try (var in = RbacDefaults.class.getResourceAsStream(FILE)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RbacDefaults parse(String text) {
        var roles = new ArrayList<JsonObject>();
        var bindings = new ArrayList<JsonObject>();
        for (var line : text.lines().filter(each -> !each.isBlank() && !each.startsWith("#")).toList()) {
            if (line.startsWith(" ")) roles.add(withRule(roles.removeLast(), rule(line.strip())));
            else if (line.contains(" -> ") || line.endsWith(" ->")) bindings.add(binding(line));
            else roles.add(role(line));
        }
        return new RbacDefaults(gathered(roles), bindings);
    }

    private static JsonObject metadata(String name, JsonObject labels) {
        return JsonObject.of("name", name, "labels", LABELS.withAll(labels), "annotations", ANNOTATIONS);
    }

    private static JsonObject role(String line) {
        var words = line.split("\\s+");
        var labels = JsonObject.EMPTY;
        var role = JsonObject.EMPTY;
        for (var word : List.of(words).subList(1, words.length)) {
            var label = LABEL + word.substring(word.indexOf('(') + 1, word.length() - 1);
            if (word.startsWith("label(")) labels = labels.with(label, "true");
            else role = role.with("aggregationRule", JsonObject.of("clusterRoleSelectors", List.of(JsonObject.of("matchLabels",
                    JsonObject.of(label, "true")))));
        }
        return JsonObject.of("metadata", metadata(words[0], labels)).withAll(role).with("rules", List.of());
    }

    private static JsonObject withRule(JsonObject role, RbacRule rule) {
        return role.with("rules", role.at("rules").array().with(rule.json()));
    }

    private static RbacRule rule(String line) {
        var parts = line.split(" : ");
        if (parts.length == 2) return new RbacRule(words(parts[0]), List.of(), List.of(), List.of(), words(parts[1]));
        var groups = Stream.of(parts[1].split("/")).map(group -> group.equals("core") ? "" : group).toList();
        int names = parts[2].indexOf(" names ");
        var resources = words(names < 0 ? parts[2] : parts[2].substring(0, names));
        return new RbacRule(words(parts[0]), groups, resources, names < 0 ? List.of() : words(parts[2].substring(names + 7)), List.of());
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split(" "));
    }

    private static JsonObject binding(String line) {
        var name = line.substring(0, line.indexOf(": "));
        var arrow = line.indexOf(" ->");
        var subjects = Stream.of(line.substring(arrow + 3).split(",")).map(String::strip).filter(text -> !text.isEmpty())
                .map(RbacDefaults::subject).toList();
        var role = JsonObject.of("apiGroup", "rbac.authorization.k8s.io", "kind", "ClusterRole", "name", line.substring(name.length() + 2,
                arrow));
        return JsonObject.of("metadata", metadata(name, JsonObject.EMPTY), "roleRef", role, "subjects", subjects.isEmpty() ? null
                : subjects);
    }

    private static Json subject(String text) {
        var words = text.split(" ");
        if (!words[0].equals("ServiceAccount")) return JsonObject.of("kind", words[0], "apiGroup", "rbac.authorization.k8s.io", "name",
                words[1]);
        var parts = words[1].split("/");
        return JsonObject.of("kind", words[0], "name", parts[1], "namespace", parts[0]);
    }

    /// The roles with the rules of those that gather filled in. A gathering role may itself be gathered (view in edit in admin), so this is
    /// done until nothing changes.
    private static List<JsonObject> gathered(List<JsonObject> roles) {
        var current = roles;
        for (List<JsonObject> last = List.of(); !last.equals(current); ) {
            last = current;
            var all = last;
            current = last.stream().map(role -> RbacAggregation.isGathering(role) ? role.with("rules", RbacAggregation.rules(role, all))
                    : role).toList();
        }
        return current;
    }
}
