package home.oikos.client;

import java.util.List;

/// What to run in a container and which of its streams to carry.
public record ExecOptions(String container, List<String> command, boolean stdin, boolean tty) {
    static final List<String> PROTOCOLS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");

    public ExecOptions {
        command = List.copyOf(command);
    }

    Query query() {
        var query = Query.NONE.with("container", container).with("stdout", "true").with("stderr", tty ? "" : "true")
                .with("stdin", stdin ? "true" : "").with("tty", tty ? "true" : "");
        for (var word : command) query = query.with("command", word);
        return query;
    }
}
