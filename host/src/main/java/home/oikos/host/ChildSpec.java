package home.oikos.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A long-running program that the home looks after. The name is unique in its instance and names its pid file and log;
/// `network` names the network name space it lives in, empty for ours.
public record ChildSpec(String name, List<String> words, Map<String, String> environment, Path log, String network) {
    public ChildSpec {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
        if (!name.matches("[a-z0-9-]+")) throw new IllegalArgumentException("child name \"" + name + "\": expected [a-z0-9-]+");
    }

    public ChildSpec(String name, List<String> words, Path log) {
        this(name, words, Map.of(), log, "");
    }
}
