package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// What is special about RoleBinding and ClusterRoleBinding.
record RbacBindingRules(boolean cluster) implements KindRules {
    private static final String GROUP = "rbac.authorization.k8s.io";

    @Override
    public String nameError(String name) {
        return NameSyntax.pathSegmentError(name);
    }

    @Override
    public boolean createsOnUpdate() {
        return true;
    }

    @Override
    public JsonObject defaulted(JsonObject object) {
        var ref = object.at("roleRef").object();
        var withRef = ref.at("apiGroup").text("").isEmpty() ? object.with("roleRef", JsonObject.of("apiGroup",
                GROUP).withAll(ref.without("apiGroup"))) : object;
        if (!(object.at("subjects") instanceof JsonArray subjects)) return withRef;
        return withRef.with("subjects", subjects.map(RbacBindingRules::defaultedSubject));
    }

    private static Json defaultedSubject(Json subject) {
        var isPerson = subject.at("kind").text("").equals("User") || subject.at("kind").text("").equals("Group");
        if (!isPerson || !subject.at("apiGroup").text("").isEmpty()) return subject;
        return JsonObject.of("kind", subject.at("kind"), "apiGroup", GROUP).withAll(subject.object().without("kind").without("apiGroup"));
    }

    @Override
    public List<FieldError> validate(JsonObject object) {
        var errors = new ArrayList<FieldError>();
        role(object.at("roleRef"), errors);
        var subjects = object.at("subjects").array();
        for (int i = 0; i < subjects.size(); i++) subject(subjects.at(i), "subjects[" + i + "]", errors);
        return errors;
    }

    private void role(Json ref, List<FieldError> errors) {
        var group = ref.at("apiGroup").text("");
        if (!group.equals(GROUP)) errors.add(FieldError.notSupported("roleRef.apiGroup", group, List.of(GROUP)));
        var kinds = cluster ? List.of("ClusterRole") : List.of("Role", "ClusterRole");
        var kind = ref.at("kind").text("");
        if (!kinds.contains(kind)) errors.add(FieldError.notSupported("roleRef.kind", kind, kinds));
        var name = ref.at("name").text("");
        if (name.isEmpty()) errors.add(FieldError.required("roleRef.name"));
        else if (NameSyntax.pathSegmentError(name) != null) errors.add(FieldError.invalid("roleRef.name", name,
                NameSyntax.pathSegmentError(name)));
    }

    private void subject(Json subject, String field, List<FieldError> errors) {
        var name = subject.at("name").text("");
        if (name.isEmpty()) errors.add(FieldError.required(field + ".name"));
        var group = subject.at("apiGroup").text("");
        switch (subject.at("kind").text("")) {
            case "ServiceAccount" -> {
                if (!name.isEmpty() && NameSyntax.subdomainError(name) != null) errors.add(FieldError.invalid(field + ".name", name,
                        NameSyntax.subdomainError(name)));
                if (!group.isEmpty()) errors.add(FieldError.notSupported(field + ".apiGroup", group, List.of("")));
                if (cluster && subject.at("namespace").text("").isEmpty()) errors.add(FieldError.required(field + ".namespace"));
            }
            case "User", "Group" -> {
                if (!group.equals(GROUP)) errors.add(FieldError.notSupported(field + ".apiGroup", group, List.of(GROUP)));
            }
            default -> errors.add(FieldError.notSupported(field + ".kind", subject.at("kind").text(""), List.of("ServiceAccount", "User",
                    "Group")));
        }
    }

    @Override
    public List<FieldError> validateUpdate(JsonObject object, JsonObject old) {
        var ref = object.at("roleRef");
        if (ref.equals(old.at("roleRef"))) return List.of();
        var shown = JsonObject.of("APIGroup", ref.at("apiGroup").text(""), "Kind", ref.at("kind").text(""), "Name",
                ref.at("name").text(""));
        return List.of(FieldError.invalid("roleRef", shown, "cannot change roleRef"));
    }
}
