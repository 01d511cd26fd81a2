package home.oikos.apiserver;

import home.oikos.api.Json;
import java.util.List;

/// A RoleBinding, or a ClusterRoleBinding when its namespace is empty.
record RbacBinding(String namespace, String name, String roleKind, String roleName, List<RbacSubject> subjects) {
    RbacBinding {
        subjects = List.copyOf(subjects);
    }

    static RbacBinding of(String namespace, Json binding) {
        var subjects = binding.at("subjects").array().stream().map(subject -> RbacSubject.of(subject, namespace)).toList();
        return new RbacBinding(namespace, binding.at("metadata", "name").text(""), binding.at("roleRef", "kind").text(""),
                binding.at("roleRef", "name").text(""), subjects);
    }

    /// The reason given for what it allows.
    String reason(RbacSubject subject) {
        var self = namespace.isEmpty() ? "ClusterRoleBinding \"%s\"".formatted(name) : "RoleBinding \"%s/%s\"".formatted(name, namespace);
        return "RBAC: allowed by %s of %s \"%s\" to %s".formatted(self, roleKind, roleName, subject);
    }
}
