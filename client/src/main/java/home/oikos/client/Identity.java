package home.oikos.client;

import java.util.List;

/// Whom a client acts as. Each group is a header of its own, see [Call#SEVERAL].
record Identity(String user, List<String> groups) {
    static final Identity OWN = new Identity("", List.of());

    Identity {
        groups = List.copyOf(groups);
    }

    Call on(Call call) {
        var json = call.headers().containsKey("Accept") ? call : call.header("Accept", "application/json");
        if (user.isEmpty()) return json;
        var named = json.header("Impersonate-User", user);
        return groups.isEmpty() ? named : named.header("Impersonate-Group", String.join(Call.SEVERAL, groups));
    }
}
