package home.oikos.apiserver;

import java.util.ArrayList;

/// Role-based access control: rules only ever allow, and what no rule allows is refused.
final class RbacAuthorizer implements Authorizer {
    /// Members may do everything, whatever the roles say: the way back in when somebody has locked the house.
    static final String MASTERS = "system:masters";

    private final RbacView view;

    RbacAuthorizer(RbacView view) {
        this.view = view;
    }

    @Override
    public Authorization authorize(User user, ApiCall call) {
        if (user.groups().contains(MASTERS)) return Authorization.ALLOWED;
        var allowed = new Authorization[1];
        var missing = new ArrayList<String>();
        view.visit(user, call.isResource() ? call.namespace() : "", (grant, rule) -> {
            if (!rule.matches(call)) return true;
            allowed[0] = new Authorization(true, grant.binding().reason(grant.subject()));
            return false;
        }, missing::add);
        if (allowed[0] != null) return allowed[0];
        return missing.isEmpty() ? Authorization.REFUSED : new Authorization(false, "RBAC: " + aggregate(missing));
    }

    private static String aggregate(ArrayList<String> errors) {
        var distinct = errors.stream().distinct().toList();
        return distinct.size() == 1 ? distinct.getFirst() : "[" + String.join(", ", distinct) + "]";
    }
}
