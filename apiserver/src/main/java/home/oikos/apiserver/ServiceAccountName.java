package home.oikos.apiserver;

import java.util.List;
import java.util.Optional;

/// The user a ServiceAccount is.
record ServiceAccountName(String namespace, String name) {
    private static final String PREFIX = "system:serviceaccount:";

    static String user(String namespace, String name) {
        return PREFIX + namespace + ":" + name;
    }

    static Optional<ServiceAccountName> ofUser(String user) {
        if (!user.startsWith(PREFIX)) return Optional.empty();
        var parts = user.substring(PREFIX.length()).split(":", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) return Optional.empty();
        return Optional.of(new ServiceAccountName(parts[0], parts[1]));
    }

    String user() {
        return user(namespace, name);
    }

    List<String> groups() {
        return List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace);
    }
}
