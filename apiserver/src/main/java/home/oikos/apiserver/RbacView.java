package home.oikos.apiserver;

import home.oikos.api.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/// All roles and bindings as they stand, indexed by subject. One thread changes it (the one that hears the store), any thread reads:
/// a reader sees the snapshot of the last [#publish].
final class RbacView {
    /// One way in which a subject has a role.
    record Grant(RbacBinding binding, RbacSubject subject) { }

    /// A consistent state.
    private record Snapshot(Map<String, List<RbacRule>> roles, Map<String, List<Grant>> grants) { }

    private final Map<String, List<RbacRule>> roles = new HashMap<>();
    private final Map<String, RbacBinding> bindings = new HashMap<>();
    private volatile Snapshot snapshot = new Snapshot(Map.of(), Map.of());

    /// Takes note of an object of rbac.authorization.k8s.io, or of its absence; seen by readers after [#publish].
    /// @param resource roles, clusterroles, rolebindings or clusterrolebindings
    /// @param object null when it was deleted
    void set(String resource, String namespace, String name, Json object) {
        var key = namespace + "/" + name;
        switch (resource) {
            case "roles", "clusterroles" -> change(roles, key, object == null ? null : RbacRule.all(object.at("rules")));
            case "rolebindings", "clusterrolebindings" -> change(bindings, key, object == null ? null : RbacBinding.of(namespace, object));
            default -> throw new IllegalArgumentException(resource + " are no roles or bindings");
        }
    }

    private static <T> void change(Map<String, T> map, String key, T value) {
        if (value == null) map.remove(key);
        else map.put(key, value);
    }

    /// Lets readers see what was set. Costs one pass over all bindings.
    void publish() {
        var grants = new HashMap<String, List<Grant>>();
        for (var binding : bindings.values()) {
            for (var subject : binding.subjects()) grants.computeIfAbsent(subject.key(), _ -> new ArrayList<>(2)).add(new Grant(binding,
                    subject));
        }
        snapshot = new Snapshot(Map.copyOf(roles), grants);
    }

    /// Visits the rules that a user has in a namespace (empty for the cluster scope), cluster-wide ones first, until the visitor says
    /// false.
    /// @param missing hears of roles that are bound but do not exist
    void visit(User user, String namespace, BiPredicate<Grant, RbacRule> visitor, Consumer<String> missing) {
        var now = snapshot;
        var found = new ArrayList<Grant>(now.grants.getOrDefault(RbacSubject.userKey(user), List.of()));
        for (var group : user.groups()) found.addAll(now.grants.getOrDefault(RbacSubject.groupKey(group), List.of()));
        if (visit(now, found, "", visitor, missing) && !namespace.isEmpty()) visit(now, found, namespace, visitor, missing);
    }

    private static boolean visit(Snapshot now, List<Grant> grants, String scope, BiPredicate<Grant, RbacRule> visitor,
            Consumer<String> missing) {
        for (var grant : grants) {
            var binding = grant.binding;
            if (!binding.namespace().equals(scope)) continue;
            var rules = now.roles.get(roleKey(binding.roleKind(), binding.namespace(), binding.roleName()));
            if (rules == null) missing.accept("%s.rbac.authorization.k8s.io \"%s\" not found".formatted(
                    binding.roleKind().toLowerCase(Locale.ROOT), binding.roleName()));
            else for (var rule : rules) if (!visitor.test(grant, rule)) return false;
        }
        return true;
    }

    private static String roleKey(String kind, String namespace, String name) {
        return (kind.equals("Role") ? namespace : "") + "/" + name;
    }

    /// The rules of a role by reference; null when there is no such role.
    List<RbacRule> rules(String kind, String namespace, String name) {
        return snapshot.roles.get(roleKey(kind, namespace, name));
    }

    /// Every rule the user has in the namespace.
    List<RbacRule> rules(User user, String namespace) {
        var rules = new ArrayList<RbacRule>();
        visit(user, namespace, (_, rule) -> rules.add(rule), _ -> { });
        return rules;
    }
}
