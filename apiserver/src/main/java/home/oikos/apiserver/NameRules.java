package home.oikos.apiserver;

import java.util.Set;

/// What names may be, by qualified resource, where it is not the subdomain that most kinds take.
final class NameRules {
    /// Names of these go into host names or labels.
    private static final Set<String> LABELS = Set.of("namespaces", "services");
    /// These only have to fit into a path.
    private static final Set<String> PATH_SEGMENTS = Set.of("roles.rbac.authorization.k8s.io", "rolebindings.rbac.authorization.k8s.io",
            "clusterroles.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io",
            "apiservices.apiregistration.k8s.io");
    /// A Job's name is the CronJob's with a time of eleven characters.
    private static final int CRON_JOB_LENGTH_MAX = 52;

    private NameRules() { }

    /// What is wrong with a name, or null.
    static String error(String resource, String name) {
        if (resource.equals("services") && name.indexOf('.') >= 0) return "must not contain dots";
        if (LABELS.contains(resource)) return NameSyntax.labelError(name);
        if (resource.equals("ipaddresses.networking.k8s.io")) return AddressSyntax.addressError(name);
        if (PATH_SEGMENTS.contains(resource)) return NameSyntax.pathSegmentError(name);
        if (resource.equals("cronjobs.batch") && name.length() > CRON_JOB_LENGTH_MAX) return NameSyntax.tooLong(CRON_JOB_LENGTH_MAX);
        return NameSyntax.subdomainError(name);
    }
}
