package home.oikos.apiserver;

import home.oikos.api.Json;

/// To whom a binding gives a role.
/// @param kind User, Group or ServiceAccount; anything else applies to nobody
/// @param namespace of a ServiceAccount; that of the binding where the subject says none
record RbacSubject(String kind, String namespace, String name) {
    static RbacSubject of(Json subject, String bindingNamespace) {
        return new RbacSubject(subject.at("kind").text(""), subject.at("namespace").text(bindingNamespace), subject.at("name").text(""));
    }

    /// Under which key of an index a user finds this subject.
    String key() {
        return switch (kind) {
            case "User" -> "u:" + name;
            case "Group" -> "g:" + name;
            case "ServiceAccount" -> "u:" + ServiceAccountName.user(namespace, name);
            default -> "";
        };
    }

    static String userKey(User user) {
        return "u:" + user.name();
    }

    static String groupKey(String group) {
        return "g:" + group;
    }

    /// As reasons name it: `Group "team"`, `ServiceAccount "robot/home"`.
    @Override
    public String toString() {
        return "%s \"%s\"".formatted(kind, kind.equals("ServiceAccount") ? name + "/" + namespace : name);
    }
}
