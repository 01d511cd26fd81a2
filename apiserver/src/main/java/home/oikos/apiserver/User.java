package home.oikos.apiserver;

import java.util.List;
import java.util.Map;

/// Who asks, as authentication found out. Put on the request as an attribute by the filter that authenticates.
public record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    public User {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    public static User of(String name, String... groups) {
        return new User(name, "", List.of(groups), Map.of());
    }

    public static User anonymous() {
        return of("system:anonymous", "system:unauthenticated");
    }
}
