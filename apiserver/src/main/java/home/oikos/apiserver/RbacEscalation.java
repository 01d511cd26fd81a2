package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.GroupVersionResource;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Nobody grants more than they hold, by a role or by a binding, unless a rule lets them `escalate` or `bind`.
final class RbacEscalation implements AdmissionPlugin {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private static final List<RbacRule> EVERYTHING = List.of(new RbacRule(List.of("*"), List.of("*"), List.of("*"), List.of(), List.of()),
            new RbacRule(List.of("*"), List.of(), List.of(), List.of(), List.of("*")));

    private final RbacView view;
    private final Authorizer authorizer;

    RbacEscalation(RbacView view, Authorizer authorizer) {
        this.view = view;
        this.authorizer = authorizer;
    }

    @Override
    public void validate(Admission admission, JsonObject object) {
        var definition = admission.resource().definition();
        if (!definition.group().equals(GROUP) || admission.operation() == Operation.DELETE
                || admission.user().groups().contains(RbacAuthorizer.MASTERS)) return;
        switch (definition.plural()) {
            case "roles", "clusterroles" -> role(admission, definition.groupVersionResource(), object);
            case "rolebindings", "clusterrolebindings" -> binding(admission, definition.groupVersionResource(), object);
            default -> { }
        }
    }

    private void role(Admission admission, GroupVersionResource resource, JsonObject role) {
        var old = admission.old();
        if (old != null && same(old, role, "rules") && same(old, role, "aggregationRule")) return;
        if (may(admission, "escalate", resource.resource(), admission.name())) return;
        var missing = missing(admission, RbacRule.all(role.at("rules")));
        if (!missing.isEmpty()) throw forbidden(admission, resource, missing);
        if (role.at("aggregationRule").isPresent() && !missing(admission, EVERYTHING).isEmpty()) {
            throw forbidden(admission, resource, "must have cluster-admin privileges to use the aggregationRule");
        }
    }

    private void binding(Admission admission, GroupVersionResource resource, JsonObject binding) {
        var old = admission.old();
        if (old != null && same(old, binding, "roleRef") && same(old, binding, "subjects")) return;
        var kind = binding.at("roleRef", "kind").text("");
        var name = binding.at("roleRef", "name").text("");
        if (may(admission, "bind", kind.equals("Role") ? "roles" : "clusterroles", name)) return;
        var rules = view.rules(kind, admission.namespace(), name);
        if (rules == null) throw new ApiException(ApiStatus.notFound(resource, admission.name()));
        var missing = missing(admission, rules);
        if (!missing.isEmpty()) throw forbidden(admission, resource, missing);
    }

    private static boolean same(Json one, Json other, String member) {
        return one.at(member).equals(other.at(member));
    }

    private boolean may(Admission admission, String verb, String resource, String name) {
        return authorizer.allows(admission.user(), new ApiCall(true, verb, "", GROUP, "v1", admission.namespace(), resource, "", name));
    }

    /// The text that lists what the user would grant without holding it; empty when there is nothing.
    private String missing(Admission admission, List<RbacRule> granted) {
        var held = view.rules(admission.user(), admission.namespace());
        var missing = new ArrayList<RbacRule>();
        for (var rule : granted) for (var part : rule.breakdown()) {
            if (held.stream().noneMatch(each -> each.coversAll(part))) missing.add(part);
        }
        if (missing.isEmpty()) return "";
        return "user \"%s\" (groups=%s) is attempting to grant RBAC permissions not currently held:\n%s".formatted(admission.user().name(),
                RbacRule.quoted(admission.user().groups()), String.join("\n", described(missing)));
    }

    private static TreeSet<String> described(List<RbacRule> parts) {
        var texts = new TreeSet<String>();
        for (var rule : joined(parts)) texts.add(rule.compact());
        return texts;
    }

    /// Parts that differ only in their verb become one rule again.
    private static Iterable<RbacRule> joined(List<RbacRule> parts) {
        var joined = new LinkedHashMap<RbacRule, RbacRule>();
        for (var part : parts) {
            var key = part.withVerbs(List.of());
            joined.merge(key, part, (a, b) -> a.withVerbs(Stream.concat(a.verbs().stream(), b.verbs().stream()).distinct().toList()));
        }
        return joined.values();
    }

    private static ApiException forbidden(Admission admission, GroupVersionResource resource, String why) {
        return new ApiException(ApiStatus.forbidden(resource, admission.name(), why));
    }
}
