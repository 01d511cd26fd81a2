package home.oikos.cli;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Resource;
import home.oikos.client.Selection;
import java.util.stream.Collectors;

/// Finds a thing by its name alone: a home has few namespaces, and people do not think in them.
final class Located {
    private Located() { }

    /// @param namespace where to look; everywhere when empty
    /// @throws Refusal when there is none, or several of that name
    static Json find(ApiClient client, Resource resource, String name, String namespace) {
        if (!namespace.isEmpty()) {
            return client.find(resource, new ObjectKey(namespace, name))
                    .orElseThrow(() -> new Refusal("there is no %s called %s in %s".formatted(resource.kind(), name, namespace)));
        }
        var found = client.list(resource, "", Selection.fields("metadata.name=" + name));
        if (found.size() == 1) return found.getFirst();
        if (found.isEmpty()) throw new Refusal("there is no %s called %s".formatted(resource.kind(), name));
        var places = found.stream().map(object -> object.at("metadata", "namespace").text("")).collect(Collectors.joining(", "));
        throw new Refusal("%s is in several namespaces (%s); say which with -n".formatted(name, places));
    }
}
