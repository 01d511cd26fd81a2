package home.oikos.api;

import java.util.List;

/// A path below an object, such as `status` or `scale`, and the kind it speaks.
public record Subresource(String name, GroupVersionKind kind, List<String> verbs) {
    public Subresource {
        verbs = List.copyOf(verbs);
    }
}
